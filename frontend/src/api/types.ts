// Short names for the generated API types. Features import from here, so a renamed schema is one line.
import type { components } from './schema';

type Schemas = components['schemas'];

export type Me = Schemas['Me'];
export type UserRef = Schemas['UserRef'];
export type Session = Schemas['SessionDto'];
export type Member = Schemas['MemberDto'];
export type Invitation = Schemas['InvitationDto'];
export type RoleItem = Schemas['RoleDto'];
export type ClientSummary = Schemas['ClientSummaryDto'];
export type Client = Schemas['ClientDto'];
export type ClientClock = Schemas['ClientClockDto'];
export type ClientInput = Schemas['CreateClientBody'];
export type Registration = Schemas['RegistrationDto'];
export type Contact = Schemas['ContactDto'];
export type Fact = Schemas['FactDto'];
export type ClientEvent = Schemas['EventDto'];
export type AwaitedEvent = Schemas['AwaitedDto'];
export type RecordedEvent = Schemas['RecordedDto'];
export type Hanging = Schemas['HangingDto'];
export type EventsAnswer = Schemas['EventsAnswer'];
export type FactDef = Reference['facts'][number];
export type Reference = Schemas['Reference'];
export type PlanDiff = Schemas['PlanDiffDto'];
export type FilingRef = Schemas['FilingRef'];
export type Import = Schemas['ImportDto'];
export type Filing = Schemas['FilingDto'];
export type FilingDetail = Schemas['FilingDetail'];
export type PortalProblem = Schemas['PortalProblemDto'];
export type LateCost = Schemas['LateCostDto'];
export type LateLine = Schemas['LateLineDto'];
/** A merge patch: only what changes is sent, whatever the document marks as required. */
export type FilingPatch = Partial<Schemas['UpdateFilingBody']>;
export type FilingPatchBody = Schemas['UpdateFilingBody'];
export type ClientPatchBody = Schemas['UpdateClientBody'];
export type ChecklistItem = Schemas['ChecklistItemDto'];
export type Notice = Schemas['NoticeDto'];
export type BulkBody = Schemas['BulkBody'];
export type BulkAnswer = Schemas['BulkAnswer'];
/** A merge patch, as for one filing. */
export type BulkChange = FilingPatch;
export type SavedView = Omit<Schemas['ViewDto'], 'query'> & { query: Partial<Schemas['FilingListQuery']> };
export type SearchAnswer = Schemas['SearchAnswer'];
export type Today = Schemas['Today'];
export type CalendarDay = Schemas['CalendarDay'];
export type MatrixClient = Schemas['MatrixClient'];
export type MatrixMonth = Schemas['MatrixMonth'];
export type WorkloadRow = Schemas['WorkloadRow'];
export type YearFiling = Schemas['YearFiling'];
export type ReturnRef = Schemas['ReturnDto'];
export type Relaxation = Schemas['RelaxationDto'];
export type RelaxationDetail = Schemas['RelaxationDetail'];
export type RelaxationInput = Schemas['RelaxationBody'];
export type Feed = Schemas['FeedDto'];
export type MadeFeed = Schemas['MadeFeed'];
export type FeedInput = Schemas['CreateFeedBody'];
export type RelaxationCounts = Schemas['RelaxationCountsDto'];
export type RelaxationPreview = Schemas['PreviewDto'];
export type RuleRow = Schemas['ReturnDto'];
export type RuleDetail = Schemas['RuleDetail'];
export type RuleVersion = Schemas['VersionDto'];
export type RuleInput = Schemas['InputDto'];
export type ReturnSettingInput = Schemas['ReturnSettingBody'];
export type Effect = Schemas['EffectDto'];
export type InternalReturn = Schemas['InternalReturnDto'];
export type InternalWording = Schemas['InternalVersionDto'];
export type InternalInput = Schemas['InternalBody'];
export type Proposal = Schemas['ProposalDto'];
export type ProposalDetail = Schemas['ProposalDetail'];
export type Proposed = Schemas['ProposedAnswer'];
export type Sight = Schemas['SightDto'];
export type ApprovalPolicy = Schemas['PolicyDto'];
export type ApprovalLevel = Schemas['LevelDto'];
export type Delegation = Schemas['DelegationDto'];
export type Evaluation = Schemas['EvaluationDto'];
export type TryAnswer = Schemas['TryDto'];

/** The statuses a filing can have; the server sends them as text. */
export type FilingStatus =
  | 'awaiting_event'
  | 'upcoming'
  | 'due_soon'
  | 'due_today'
  | 'overdue'
  | 'breached'
  | 'in_review'
  | 'filed'
  | 'filed_late'
  | 'waived'
  | 'not_applicable';
export type AuditEntry = Schemas['AuditEntryDto'];
export type Licence = Schemas['LicenceDto'];
export type Claims = Schemas['ClaimsDto'];
export type PlanInfo = Schemas['PlanDto'];

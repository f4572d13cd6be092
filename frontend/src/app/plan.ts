// What the firm's plan allows. The server decides; this only lets a screen say so beforehand.
import { useMe } from './me';

/** Asks whether the plan has a feature, like `esign_aadhaar`. */
export function useEntitled(): (feature: string) => boolean {
  const { features } = useMe().entitlements;
  return (feature) => features.includes(feature);
}

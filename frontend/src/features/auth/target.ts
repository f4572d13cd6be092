/** Where to go after signing in. Only a path of this site: never follow an address somebody put into the link. */
export function insideTarget(next: string | undefined): string {
  return next && /^\/(?![/\\])/.test(next) ? next : '/';
}

// A firm's own colour as a ten-step scale that keeps its contrast, and a warning when it looks like a status colour.
import type { MantineColorsTuple } from '@mantine/core';

const toLin = (v: number) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
const toSrgb = (v: number) => (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055);
const rgb = (hex: string) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255);
const luminance = (hex: string) => {
  const [r = 0, g = 0, b = 0] = rgb(hex).map(toLin);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
export const contrast = (a: string, b: string) => {
  const x = luminance(a),
    y = luminance(b);
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
};
const toOklch = (hex: string) => {
  const [r, g, b] = rgb(hex).map(toLin) as [number, number, number];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const A = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const B = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return { L: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s, C: Math.hypot(A, B), h: Math.atan2(B, A) };
};
const rawFromOklch = (L: number, C: number, h: number) => {
  const a = C * Math.cos(h),
    b = C * Math.sin(h);
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
};
/** Stays inside sRGB by giving up chroma, never lightness: lightness is what carries contrast. */
const fromOklch = (L: number, C: number, h: number) => {
  let c = C;
  while (c > 0.002 && rawFromOklch(L, c, h).some((v) => v < -0.001 || v > 1.001)) c *= 0.96;
  return (
    '#' +
    rawFromOklch(L, c, h)
      .map((v) =>
        Math.round(255 * Math.min(1, Math.max(0, toSrgb(Math.min(1, Math.max(0, v))))))
          .toString(16)
          .padStart(2, '0'),
      )
      .join('')
  );
};
const LIGHTNESS = [0.983, 0.958, 0.915, 0.85, 0.75, 0.645, 0.55, 0.48, 0.405, 0.315];
const CHROMA = [0.13, 0.3, 0.57, 0.85, 1.04, 1.1, 1.07, 1, 0.84, 0.63];

/**
 * Any tenant colour -> 10 steps. Step 7 (light theme) is the tenant's exact colour when white text on it reaches 4.5:1
 * and it is not near-black; otherwise the nearest step that does. Step 6 (dark theme) always reaches 4.5:1 with white.
 */
export function brandScale(hex: string): MantineColorsTuple {
  const { C, h } = toOklch(hex);
  const step = (i: number) => {
    let L = LIGHTNESS[i] ?? 0.5;
    let out = fromOklch(L, C * (CHROMA[i] ?? 1), h);
    while (i >= 6 && contrast(out, '#ffffff') < 4.55) {
      L -= 0.005;
      out = fromOklch(L, C * (CHROMA[i] ?? 1), h);
    }
    return out;
  };
  const scale = LIGHTNESS.map((_, i) => step(i));
  const raw = contrast(hex, '#ffffff');
  if (raw >= 4.5 && raw <= 12) scale[7] = hex.toLowerCase();
  return scale as unknown as MantineColorsTuple;
}
/**
 * For Settings > Branding: tell the admin what happens to their colour.
 * `near` names the status family the hue could be mistaken for. When set, put data-brand-near={near} on <html>:
 * links and the current-row mark then use ink plus underline instead of brand, so a red brand never reads as "error".
 */
export function brandGuard(hex: string) {
  const raw = contrast(hex, '#ffffff');
  const used = brandScale(hex)[7] ?? hex;
  const { C, h } = toOklch(hex);
  const deg = ((h * 180) / Math.PI + 360) % 360;
  const near =
    C < 0.04
      ? null
      : deg > 5 && deg < 48
        ? 'danger'
        : deg >= 48 && deg < 100
          ? 'warn'
          : deg > 138 && deg < 172
            ? 'success'
            : null;
  return { raw, used, usedRatio: contrast(used, '#ffffff'), adjusted: used !== hex.toLowerCase(), near } as const;
}

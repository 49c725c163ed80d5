/**
 * The hand-written picture of one week: what the rasteriser costs for such a picture, whoever writes its SVG. It shows the week of
 * `weekByHand` with all our words, numbers, bars, dots and lines, at the same size and in the same fonts. It uses the shortcuts of
 * hand-written SVG: letters inherit shared attributes, nothing is nested or moved, and nothing is repeated.
 */

/** Strength minutes of each day of the week shown, and of each week before it. */
export const weekByHand = {
  days: [24, 0, 0, 24, 0, 0, 0],
  before: [40, 55, 60, 45, 62, 48, 50, 56],
} as const;

const names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;

/** The picture as SVG text. */
export function pictureByHand(): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="360" height="489" viewBox="0 0 360 489" font-family="Inter" font-size="12" font-weight="500" fill="#1f2d3a">
<defs>
<linearGradient id="wide" gradientUnits="userSpaceOnUse" x1="26" x2="330"><stop offset="0.58" stop-color="#bfd0e0" stop-opacity="0.75"/><stop offset="1" stop-color="#bfd0e0" stop-opacity="0.22"/></linearGradient>
<linearGradient id="fading" gradientUnits="userSpaceOnUse" x1="203" x2="216"><stop offset="0" stop-color="#3f6a94"/><stop offset="1" stop-color="#3f6a94" stop-opacity="0"/></linearGradient>
</defs>
<rect x="0.5" y="0.5" width="359" height="488" rx="14" fill="#fbf9f4" stroke="#e2dccf"/>
${curveByHand}
<text x="20" y="271" font-size="13" font-weight="700">Week of Mon 23 Nov</text>
<path d="M20 339H340M20 455H340" stroke="#cfc9bc"/>
${weekByHand.days.map((minutes, day) => (minutes === 0 ? drawRest(day) : drawDay(minutes, day))).join("\n")}
<text x="20" y="389" font-size="13" font-weight="700">Weeks before</text>
<rect x="217" y="379" width="11" height="11" rx="2" fill="#f6dd9a"/><text x="340" y="389" text-anchor="end" font-weight="700" fill="#6b4e00">sweet spot 40–60</text>
<rect x="20" y="414" width="320" height="14" fill="#f6dd9a" fill-opacity="0.75"/>
${[...weekByHand.before, 48].map((minutes, week) => drawWeek(minutes, week)).join("\n")}
<text x="340" y="472" text-anchor="end" fill="#0a5c63">that week</text>
</svg>`;
}

const curveByHand = `<text x="20" y="30" font-size="13" font-weight="700">Strength minutes a week</text>
<path d="M244 30V21M241 24L244 21L248 24" fill="none" stroke="#4d5a66" stroke-width="1.4" stroke-linecap="round" stroke-linejoin="round"/>
<path d="M26 142L39 78L51 71H101L102 83H178L216 103H330V209H216L178 155L177 141H102L101 133H51L39 138Z" fill="url(#wide)"/>
<rect x="77" y="71" width="25" height="138" rx="2" fill="#f6dd9a" fill-opacity="0.75"/>
<path d="M26 142H330" stroke="#4d5a66" stroke-dasharray="2 3"/>
<path d="M26 142C43 129 60 115 77 115C117 115 157 142 197 142H216" fill="none" stroke="url(#fading)" stroke-width="2.5" stroke-linecap="round"/>
<g font-size="11.5" fill="#4d5a66"><text x="340" y="30" text-anchor="end">lower risk seen</text><text x="108" y="104">range in studies</text><text x="213" y="157">as without strength</text></g>
<g text-anchor="middle" font-size="11.5" fill="#4d5a66"><text x="26" y="225">0</text><text x="178" y="225">120</text><text x="216" y="225">150</text><text x="330" y="225">240</text><text x="273" y="240">few people studied</text></g>
<g text-anchor="middle" font-weight="700" fill="#6b4e00"><text x="77" y="225">40</text><text x="102" y="225">60</text><text x="89" y="240">sweet spot</text></g>
<path d="M87 115V67" stroke="#0a5c63" stroke-width="1.2"/><path d="M92 115V167" stroke="#1f2d3a" stroke-width="1.2"/>
<path d="M92 105L102 115L92 125L82 115Z" fill="#fbf9f4" stroke="#1f2d3a" stroke-width="2" stroke-linejoin="round"/>
<text x="20" y="180">8-week average <tspan font-size="13" font-weight="700">52 min</tspan></text>
<circle cx="87" cy="115" r="6.5" fill="#0a5c63" stroke="#fbf9f4" stroke-width="2"/>
<text x="20" y="62" fill="#0a5c63"><tspan font-size="21" font-weight="700">48 min </tspan>that week</text>`;

function drawDay(minutes: number, day: number): string {
  const x = 43 + 45.7 * day;
  return `<text x="${x}" y="356" text-anchor="middle">${names[day]}</text><rect x="${x - 11}" y="303" width="22" height="36" rx="3" fill="#0a5c63"/><text x="${x}" y="297" text-anchor="middle" font-size="13" font-weight="700" fill="#0a5c63">${minutes}</text>`;
}

function drawRest(day: number): string {
  const x = 43 + 45.7 * day;
  return `<text x="${x}" y="356" text-anchor="middle">${names[day]}</text><circle cx="${x}" cy="331" r="4" fill="#8fa9bf"/><text x="${x}" y="322" text-anchor="middle" font-size="11.5" fill="#4d5a66">rest</text>`;
}

function drawWeek(minutes: number, week: number): string {
  const x = 38 + 35.5 * week;
  const y = 455 - Math.round(0.68 * minutes);
  const isLast = week === weekByHand.before.length;
  return `<rect x="${x - 9}" y="${y}" width="18" height="${455 - y}" rx="3" fill="${isLast ? "#0a5c63" : "#8fa9bf"}"/><text x="${x}" y="${y - 5}" text-anchor="middle" font-weight="700"${isLast ? ' font-size="13" fill="#0a5c63"' : ""}>${minutes}</text>`;
}

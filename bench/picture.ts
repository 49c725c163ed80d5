/** A drawing as rich as ours, written by hand: what the rasteriser costs for such a picture, whoever makes its text. */

const bars = [24, 0, 0, 24, 0, 0, 0] as const;
const weeks = [40, 55, 60, 45, 62, 48, 50, 56, 48] as const;

/** Of the size of our picture of a week, with as much text, as many bars, a band with a gradient and a line. */
export function plainPicture(): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="360" height="488" viewBox="0 0 360 488" font-family="Inter" font-size="12" fill="#1c2b39">
<defs><linearGradient id="fade" x1="0" x2="1" y1="0" y2="0"><stop offset="0" stop-color="#cfdbe6"/><stop offset="0.6" stop-color="#cfdbe6"/><stop offset="1" stop-color="#eef0ee"/></linearGradient></defs>
<rect x="0.5" y="0.5" width="359" height="487" rx="16" fill="#fbfaf5" stroke="#deddca"/>
<text x="20" y="30" font-weight="700">Strength minutes a week</text><text x="340" y="30" text-anchor="end">lower risk seen</text>
<text x="20" y="62" font-size="21" font-weight="700" fill="#0b5d61">48 min</text><text x="96" y="62" fill="#0b5d61">this week</text>
<path d="M26 142L38 78L51 71H102V83H178L216 103H330V208H216L178 155V142H102V133H51Z" fill="url(#fade)"/>
<rect x="76" y="71" width="26" height="138" rx="2" fill="#f5e2a5" fill-opacity="0.9"/>
<path d="M26 142C44 128 60 114 76 114C110 114 150 138 178 141C190 142 204 142.500 214 142.500" fill="none" stroke="#3f6796" stroke-width="2.500" stroke-linecap="round"/>
<path d="M26 142.500H330" stroke="#33414d" stroke-dasharray="2 3"/>
<path d="M87 67V108M92 118V167" stroke="#0b5d61" stroke-width="1"/>
<path d="M92 105L103 115L92 126L81 115Z" fill="#ffffff" stroke="#1c2b39" stroke-width="2"/><circle cx="87" cy="115" r="7" fill="#ffffff"/><circle cx="87" cy="115" r="5.500" fill="#0b5d61"/>
<text x="110" y="104">range in studies</text><text x="318" y="158" text-anchor="end">as without strength</text>
<text x="20" y="180">8-week average <tspan font-weight="700">52 min</tspan></text>
${["0", "40", "60", "120", "150", "240"].map((mark, index) => `<text x="${[26, 76, 102, 178, 216, 330][index]}" y="225" text-anchor="middle">${mark}</text>`).join("")}
<text x="89" y="240" text-anchor="middle" font-weight="700" fill="#6a4b00">sweet spot</text><text x="273" y="240" text-anchor="middle">few people studied</text>
<text x="20" y="271" font-weight="700">This week</text>
${bars.map((minutes, day) => drawDay(minutes, day)).join("")}
<path d="M20 339H340" stroke="#c9c8bd"/>
<text x="20" y="389" font-weight="700">Weeks before</text><text x="340" y="389" text-anchor="end" font-weight="700" fill="#6a4b00">sweet spot 40–60</text>
<rect x="20" y="414" width="320" height="14" fill="#f5e2a5"/>
${weeks.map((minutes, week) => drawWeek(minutes, week)).join("")}
<path d="M20 455H340" stroke="#c9c8bd"/><text x="340" y="472" text-anchor="end" fill="#0b5d61">this week</text>
</svg>`;
}

function drawDay(minutes: number, day: number): string {
  const x = 43 + 46 * day;
  const name = `<text x="${x}" y="356" text-anchor="middle">${["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][day]}</text>`;
  if (minutes === 0)
    return `<text x="${x}" y="322" text-anchor="middle">rest</text><circle cx="${x}" cy="331" r="4" fill="#8fa8bf"/>${name}`;
  return `<text x="${x}" y="297" text-anchor="middle" font-weight="700">${minutes}</text><rect x="${x - 11}" y="303" width="22" height="36" rx="2" fill="#0b5d61"/>${name}`;
}

function drawWeek(minutes: number, week: number): string {
  const x = 38 + 35.5 * week;
  const height = minutes * 0.67;
  return `<rect x="${x - 9}" y="${455 - height}" width="18" height="${height}" rx="2" fill="#8fa8bf"/><text x="${x}" y="${450 - height}" text-anchor="middle" font-weight="700">${minutes}</text>`;
}

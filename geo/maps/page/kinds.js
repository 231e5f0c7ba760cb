// How each kind of place looks. Groups share a colour and an outline, kinds have their own glyph:
// nothing is told by colour alone. Colours are in theme.css, by group.

const GROUP_OF = {
  country: "country",
  governorate: "admin",
  district: "admin",
  subdistrict: "admin",
  countryside: "rural",
  region: "region",
  settlement: "town",
  neighbourhood: "town",
  military_base: "military",
  oil_field: "energy",
  gas_plant: "energy",
  airport: "transport",
  border_crossing: "transport",
  bridge: "transport",
  camp: "people",
  detention_centre: "people",
  dam: "water",
  river: "water",
  sea: "water",
  mountain: "nature",
  desert: "nature",
  landmark: "landmark",
};

// Outlines in a box of 28 by 28, round the centre 14, 14.
const OUTLINES = {
  town: "M14 4.5a9.5 9.5 0 1 1 0 19a9.5 9.5 0 1 1 0-19z",
  military: "M14 1.8L26.2 14L14 26.2L1.8 14z",
  energy: "M7 3h14a4 4 0 0 1 4 4v14a4 4 0 0 1-4 4h-14a4 4 0 0 1-4-4v-14a4 4 0 0 1 4-4z",
  transport: "M8.2 3.5h11.6L26 14l-6.2 10.5H8.2L2 14z",
  people: "M14 2.2L25.5 11.5V25H2.500V11.5z",
  water: "M9 2.500h10l6.500 6.500v10l-6.500 6.500h-10l-6.500-6.500v-10z",
  nature: "M14 2L27 25H1z",
  landmark: "M3.5 3h21v12.500c0 5.500-5 8.500-10.500 10.500c-5.500-2-10.500-5-10.500-10.500z",
};

// Glyphs in the same box; `s` are strokes, the others filled.
const GLYPHS = {
  settlement: "M14 10.800a3.200 3.200 0 1 1 0 6.400a3.200 3.200 0 1 1 0-6.400z",
  neighbourhood: "s M14 10.500a3.500 3.500 0 1 1 0 7a3.500 3.500 0 1 1 0-7z",
  military_base: "M14 7.200l1.950 4.300l4.650.500l-3.500 3.100l1 4.600l-4.100-2.400l-4.100 2.400l1-4.600l-3.500-3.100l4.650-.5z",
  oil_field: "M14 6.500c3 4 5 6.300 5 9.200a5 5 0 0 1-10 0c0-2.900 2-5.200 5-9.200z",
  gas_plant: "M14.500 6c.6 3.200 5 5.200 5 9.600a5.400 5.400 0 0 1-10.800 0c0-2 .9-3.300 2-4.400c.2 1.400.8 2.200 1.700 2.500c-.4-2.700.3-5.600 2.100-7.700z",
  airport: "M14 6.200c.9 0 1.300 1 1.300 2v3.300l6 3.700v1.800l-6-1.900v3.500l1.800 1.400v1.400l-3.100-.9l-3.100.9v-1.400l1.800-1.400v-3.500l-6 1.900v-1.800l6-3.700v-3.300c0-1 .4-2 1.300-2z",
  border_crossing: "s M8 19.500v-9M20 19.500v-9M8 13h12M11 13l2-2.500M15 13l2-2.500",
  bridge: "s M6.500 12.500h15M8.500 18.500c0-3 2-4.500 5.500-4.500s5.500 1.500 5.500 4.500M8.500 12.500v6M19.500 12.500v6",
  camp: "M14 9.500l7 11h-5l-2-3.800l-2 3.800h-5z",
  detention_centre: "s M8.500 11.500h11v9h-11zM12.200 11.500v9M15.800 11.500v9",
  dam: "M8 8.500h4l2.500 11h-6.500zM15.500 12.500h5v1.600h-5zM16.200 16h4.300v1.600h-4.300z",
  river: "s M7.500 11c2.200-2 4.300-2 6.500 0s4.300 2 6.500 0M7.500 16.500c2.200-2 4.300-2 6.500 0s4.300 2 6.500 0",
  sea: "s M7.500 11c2.200-2 4.300-2 6.500 0s4.300 2 6.500 0M7.500 16.500c2.200-2 4.300-2 6.500 0s4.300 2 6.500 0",
  mountain: "M14 11l6 10.500h-12z",
  desert: "s M8.500 20.500c2-4 4-5.500 5.500-5.500s3.500 1.500 5.500 5.500",
  landmark: "M13 7.500h2v11.500h2.500v1.500h-7v-1.500h2.500zM15 8h4.500l-1.500 2l1.500 2h-4.500z",
};

/** The picture of a kind: a swatch for areas, an outlined glyph for points. */
function symbol(kind, { unsure = false, disputed = false, area = false, size = 28 } = {}) {
  const group = GROUP_OF[kind] ?? "landmark";
  const picture = draw("svg", {
    viewBox: "0 0 28 28",
    width: size,
    height: size,
    class: `symbol g-${group}${unsure ? " unsure" : ""}`,
    "aria-hidden": "true",
  });
  if (area || !(kind in GLYPHS)) {
    picture.append(draw("path", { class: `swatch k-${kind}`, d: "M4 8.500l9-3.500l11 3.500l-1.500 12l-10.500 3l-7.500-4z" }));
    return picture;
  }
  const glyph = GLYPHS[kind];
  const stroked = glyph.startsWith("s ");
  picture.append(
    draw("path", { class: "outline", d: OUTLINES[group] }),
    draw("path", { class: stroked ? "glyph stroked" : "glyph", d: stroked ? glyph.slice(2) : glyph }),
  );
  if (disputed) picture.append(draw("path", { class: "dispute", d: "M23 0l6.500 11.500h-13z" }), draw("path", { class: "dispute-sign", d: "M23 4.200v3.400M23 9.400v.4" }));
  return picture;
}

// Times on the clocks of the reader's own zone, as the browser knows it, where none was chosen.
"use strict";
{
  const language = document.documentElement.lang || "en";
  const numbered = `${language === "en" ? "en-GB" : language}-u-nu-latn`;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  for (const place of zone ? document.querySelectorAll(".reader-time[data-moment]") : []) {
    const moment = new Date(place.dataset.moment);
    const words = (options) => new Intl.DateTimeFormat(numbered, { timeZone: zone, ...options });
    const day = words({ day: "numeric", month: "long", year: "numeric" }).format(moment);
    const time = words({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(moment);
    const part = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" })
      .formatToParts(moment).find((each) => each.type === "timeZoneName");
    const offset = part ? part.value.replace("GMT", "UTC").replace("-", "\u2212") : "";
    const written = document.createElement("time");
    written.dateTime = place.dataset.moment;
    written.textContent = `${day}${language === "ar" ? "\u060c" : ","} ${time}`;
    const named = document.createElement("bdi");
    named.dir = "ltr";
    named.textContent = [zone.replaceAll("_", " "), offset].filter((each, at, all) => all.indexOf(each) === at).join(", ");
    place.querySelector("dd").append(written, " (", named, ")");
    place.hidden = false;
  }
}

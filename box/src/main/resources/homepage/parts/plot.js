// A plot of the numbers that a device told in the last minutes.
import { locale, t } from "../words.js";
import { clock } from "./show.js";

const WINDOW_SECONDS = 300;
const HEIGHT = 220;
const TICK_MILLIS = 1000;

let library = null;

/** The plotting library; loaded when the first plot is shown. */
function loadLibrary() {
  library ??= new Promise((resolve, reject) => {
    const style = document.createElement("link");
    Object.assign(style, { rel: "stylesheet", href: "/homepage/lib/uPlot.min.css" });
    const script = document.createElement("script");
    script.src = "/homepage/lib/uPlot.iife.min.js";
    script.onload = () => resolve(globalThis.uPlot);
    script.onerror = () => {
      library = null; // The next plot tries again.
      reject(new Error(t("plot.failed")));
    };
    document.head.append(style, script);
  });
  return library;
}

function number(value) {
  return value.toLocaleString(locale(), { maximumSignificantDigits: 6 });
}

/** <box-plot>: its properties are samples, [[seconds, number], …] with the oldest first, and unit. */
class Plot extends HTMLElement {
  #samples = [];
  #plot = null;
  #resizing = new ResizeObserver(() => this.#resize());
  #scheme = matchMedia("(prefers-color-scheme: dark)");
  #ticking = null;
  #redraw = () => this.#rebuild();

  unit = "";

  set samples(samples) {
    const same = samples === this.#samples;
    this.#samples = samples;
    if (!same) {
      this.#show();
    }
  }

  connectedCallback() {
    this.setAttribute("role", "img");
    this.#resizing.observe(this);
    this.#scheme.addEventListener("change", this.#redraw);
    this.#ticking = setInterval(() => this.#show(), TICK_MILLIS);
    this.#rebuild();
  }

  disconnectedCallback() {
    this.#resizing.disconnect();
    this.#scheme.removeEventListener("change", this.#redraw);
    clearInterval(this.#ticking);
    this.#plot?.destroy();
    this.#plot = null;
  }

  async #rebuild() {
    let UPlot;
    try {
      UPlot = await loadLibrary();
    } catch (failure) {
      this.textContent = failure.message;
      return;
    }
    if (!this.isConnected) {
      return;
    }
    this.#plot?.destroy();
    const colour = (name) => getComputedStyle(this).getPropertyValue(name).trim();
    const axis = { stroke: colour("--soft"), grid: { stroke: colour("--line"), width: 1 }, ticks: { show: false } };
    this.#plot = new UPlot(
      {
        width: Math.max(this.clientWidth, 50),
        height: HEIGHT,
        legend: { show: false },
        cursor: { show: false },
        scales: { x: { range: () => this.#window() } },
        axes: [
          { ...axis, size: 32, space: 90, values: (plot, times) => times.map((time) => clock(time * 1000)) },
          { ...axis, size: 60, values: (plot, values) => values.map(number) },
        ],
        series: [
          {},
          {
            stroke: colour("--accent"),
            fill: colour("--accent-soft"),
            width: 2,
            paths: UPlot.paths.stepped({ align: 1 }), // What was told holds until something else is.
            points: { show: false },
          },
        ],
      },
      this.#data(),
      this,
    );
    this.#describe();
  }

  #window() {
    const now = Date.now() / 1000;
    const first = this.#samples[0]?.[0] ?? now;
    // Clocks of the box and of this browser may differ: what was told last is to be seen.
    const end = Math.max(now, this.#samples.at(-1)?.[0] ?? now);
    return [Math.max(end - WINDOW_SECONDS, Math.min(first, end - 30)), end];
  }

  #data() {
    const shown = this.#samples.filter(([time], i) => (this.#samples[i + 1]?.[0] ?? Infinity) >= this.#window()[0] || time >= this.#window()[0]);
    const times = shown.map(([time]) => time);
    const values = shown.map(([, value]) => value);
    if (times.length > 0) {
      times.push(Math.max(this.#window()[1], times.at(-1)));
      values.push(values.at(-1));
    }
    return [times, values];
  }

  #show() {
    this.#plot?.setData(this.#data());
    this.#describe();
  }

  /** In words, for those who do not see it; and how many numbers there are. */
  #describe() {
    const values = this.#samples.map(([, value]) => value);
    this.dataset.points = String(values.length);
    if (values.length > 0) {
      const [least, most] = [Math.min(...values), Math.max(...values)];
      const words = { least: number(least), most: number(most), last: number(values.at(-1)), unit: this.unit };
      this.setAttribute("aria-label", t("plot.words", words));
    }
  }

  #resize() {
    if (this.#plot && this.clientWidth !== this.#plot.width) {
      this.#plot.setSize({ width: Math.max(this.clientWidth, 50), height: HEIGHT });
    }
  }
}

customElements.define("box-plot", Plot);

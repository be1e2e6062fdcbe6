// Types: what the scripts share through the page, and what they use of Leaflet's insides.

import type { MapMessage } from "../../geo/web/static/to_map.js";
import type { inspector } from "../../geo/web/static/map/inspect.js";

declare global {
  /** The addresses that the base map is given. */
  interface MapAddresses {
    points: string;
    ground: string;
    cells?: string;
    tiles?: string;
  }

  interface Window {
    /** Called by the base map; `inspect` is there once the map is. */
    serviceMap: ((map: L.Map, told: MapAddresses) => Promise<void>) & {
      inspect?: ReturnType<typeof inspector>;
    };
    /** What the map was told last, for one that comes later. */
    serviceMapShown?: MapMessage;
    /** Let the exit hear the keys of a frame too. */
    hearExit: (frame: Window | null) => void;
    /** Give the page shell the words of the exit. */
    exitWords: (words: Record<string, string>, lang: string) => void;
  }

  interface WindowEventMap {
    "map:show": CustomEvent<MapMessage>;
    "map:shown": CustomEvent<null>;
    "map:choose": CustomEvent<{ n: number }>;
    "map:pick": CustomEvent<{ n: number; id?: string }>;
    "map:back": CustomEvent<{ n: number }>;
    "map:spot": CustomEvent<{ lat: number; lon: number }>;
  }
}

declare module "leaflet" {
  interface Renderer {
    _bounds?: L.Bounds & { min: L.Point; max: L.Point };
    _container?: HTMLElement;
    _update(): void;
  }
  interface Map {
    _animatingZoom?: boolean;
    _panAnim?: { _inProgress?: boolean };
  }
}

// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.registry;

import org.osgi.framework.Bundle;

/** A service held, and its place in the registry, which changes with its properties. */
final class Tracked {
    private final Object service;
    private final Bundle bundle;
    private volatile Seat seat = Seat.NONE;

    Tracked(Object service, Bundle bundle) {
        this.service = service;
        this.bundle = bundle;
    }

    Object service() {
        return service;
    }

    Bundle bundle() {
        return bundle;
    }

    Seat seat() {
        return seat;
    }

    void seat(Seat next) {
        seat = next;
    }
}

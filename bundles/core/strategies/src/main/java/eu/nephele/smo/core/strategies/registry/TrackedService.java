// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.registry;

import org.osgi.framework.Bundle;

/** A service held, and its place in the registry, which changes with its properties. */
final class TrackedService {
    private final Object service;
    private final Bundle bundle;
    private volatile OfferGroup offerGroup = OfferGroup.NONE;

    TrackedService(Object service, Bundle bundle) {
        this.service = service;
        this.bundle = bundle;
    }

    Object service() {
        return service;
    }

    Bundle bundle() {
        return bundle;
    }

    OfferGroup seat() {
        return offerGroup;
    }

    void seat(OfferGroup next) {
        offerGroup = next;
    }
}

// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.registry;

import java.util.List;
import java.util.function.Consumer;

/** A service in the registry: one offer for each kind and name that it has. */
final class OfferGroup implements RegistryEntry {
    static final OfferGroup NONE = new OfferGroup(List.of(), offers -> {});

    private final List<RegisteredService> offers;
    private final Consumer<List<RegisteredService>> removal;

    OfferGroup(List<RegisteredService> offers, Consumer<List<RegisteredService>> removal) {
        this.offers = List.copyOf(offers);
        this.removal = removal;
    }

    List<RegisteredService> offers() {
        return offers;
    }

    @Override
    public void close() {
        removal.accept(offers);
    }
}

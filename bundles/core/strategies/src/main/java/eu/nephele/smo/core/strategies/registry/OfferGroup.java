// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.registry;

import java.util.List;
import java.util.function.Consumer;

/** A service in the registry: one offer for each kind and name that it has. */
final class Seat implements Membership {
    /** Of a service that does not say what it must. */
    static final Seat NONE = new Seat(List.of(), offers -> {});

    private final List<Offer> offers;
    private final Consumer<List<Offer>> removal;

    Seat(List<Offer> offers, Consumer<List<Offer>> removal) {
        this.offers = List.copyOf(offers);
        this.removal = removal;
    }

    List<Offer> offers() {
        return offers;
    }

    @Override
    public void close() {
        removal.accept(offers);
    }
}

// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.dashboard;

import java.util.Optional;
import java.util.function.Supplier;

/** A value that is made when it is first wanted. */
final class OnFirstUse<T> implements Supplier<T> {

    private final Supplier<T> maker;
    private Optional<T> value = Optional.empty();

    OnFirstUse(Supplier<T> maker) {
        this.maker = maker;
    }

    @Override
    public synchronized T get() {
        T present = value.orElseGet(maker);
        value = Optional.of(present);
        return present;
    }
}

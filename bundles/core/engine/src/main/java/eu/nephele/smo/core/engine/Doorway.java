// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.plugin.Occupancy;
import eu.nephele.smo.core.contract.view.Call;
import eu.nephele.smo.core.contract.view.Interceptor;
import eu.nephele.smo.core.contract.view.View;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stands in each door of the engine. Who has taken the service before it went may still call it: an engine that has ended must not
 * store anything that its successor, which has already read what is stored, does not know of.
 *
 * @param calls those inside
 */
record Doorway(Occupancy calls) {

    private static final Duration SOON = Duration.ofSeconds(1);

    /** The same service, which answers with {@code UNAVAILABLE} once the engine has ended. */
    <T> T before(Class<T> type, T door) {
        return View.of(type, new Guarded(door));
    }

    private final class Guarded implements Interceptor {

        private final Object door;

        Guarded(Object door) {
            this.door = door;
        }

        @Override
        public @Nullable Object intercept(Call call) throws Throwable {
            if (!calls.enter()) {
                throw SmoException.of(
                        SmoException.Kind.UNAVAILABLE,
                        "smo",
                        "The engine has ended, or is being exchanged; nothing was changed",
                        Optional.of(SOON));
            }
            try {
                return call.on(door);
            } finally {
                calls.leave();
            }
        }

        @Override
        public String toString() {
            return door.toString();
        }
    }
}

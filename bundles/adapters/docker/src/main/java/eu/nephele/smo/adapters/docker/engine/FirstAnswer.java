// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The first of what an engine answers. */
final class FirstAnswer<T> extends QuietCallback<T> {

    private volatile Optional<T> first = Optional.empty();

    @Override
    public void onNext(T answer) {
        if (first.isEmpty()) {
            first = Optional.of(answer);
        }
    }

    /** Empty if there is none in time. */
    Optional<T> await(Duration limit) {
        try {
            awaitCompletion(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
        requireWhole();
        return first;
    }
}

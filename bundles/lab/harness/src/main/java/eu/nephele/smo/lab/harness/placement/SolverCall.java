// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.placement;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls of a solver on threads of their own: whatever one of them does, the caller goes on. */
final class SolverCall {

    private static final Duration INTERRUPT_TAKES_EFFECT = Duration.ofMillis(500);

    private final String name;
    private final Duration limit;

    /** @param name of the thread */
    SolverCall(String name, Duration limit) {
        this.name = name;
        this.limit = limit;
    }

    /** @throws SolverFailedException if the call throws, or has not ended by the limit and is interrupted */
    <T> T call(Callable<T> body) throws SolverFailedException, InterruptedException {
        FutureTask<T> task = new FutureTask<>(body);
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException threw) {
            throw new SolverFailedException("it threw " + threw.getCause(), threw);
        } catch (TimeoutException late) {
            thread.interrupt();
            thread.join(INTERRUPT_TAKES_EFFECT.toMillis());
            throw new SolverFailedException(
                    "no answer within %d ms%s"
                            .formatted(
                                    limit.toMillis(),
                                    thread.isAlive()
                                            ? "; it still runs after an interruption and slows down what is measured after it"
                                            : ""),
                    late);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import net.jqwik.api.lifecycle.TryExecutionResult;

/** One input, in a thread of its own: it ends within 30 s, and its thread allocates at most 512 MB. */
final class BoundedTry {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long MAX_ALLOCATED_BYTES = 512L << 20;

    private final FuzzCost cost;

    /** The end of an input, and the bytes that its thread has allocated. */
    private record Ended(TryExecutionResult result, long allocatedBytes) {}

    BoundedTry(FuzzCost cost) {
        this.cost = cost;
    }

    TryExecutionResult run(Supplier<TryExecutionResult> input) {
        CompletableFuture<Ended> end = new CompletableFuture<>();
        Thread thread = new Thread(() -> complete(end, input), "fuzz");
        thread.setDaemon(true);
        thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
        long begin = System.nanoTime();
        thread.start();
        try {
            Ended ended = end.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            cost.add(Duration.ofNanos(System.nanoTime() - begin), ended.allocatedBytes());
            if (ended.allocatedBytes() > MAX_ALLOCATED_BYTES) {
                return falsified("It allocates " + ended.allocatedBytes() / (1 << 20) + " MB.");
            }
            return ended.result();
        } catch (TimeoutException endless) {
            cost.hang();
            return falsified("It has not ended after " + LIMIT.toSeconds() + " s:\n"
                    + Arrays.stream(thread.getStackTrace())
                            .map(StackTraceElement::toString)
                            .collect(Collectors.joining("\n")));
        } catch (ExecutionException broken) {
            return TryExecutionResult.falsified(broken.getCause());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("A run of hostile input was interrupted", ended);
        }
    }

    private static void complete(CompletableFuture<Ended> end, Supplier<TryExecutionResult> input) {
        try {
            end.complete(measured(input));
        } catch (RuntimeException | Error broken) {
            end.completeExceptionally(broken);
        }
    }

    private static Ended measured(Supplier<TryExecutionResult> input) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        TryExecutionResult result = input.get();
        return new Ended(result, threads.getCurrentThreadAllocatedBytes() - before);
    }

    private static TryExecutionResult falsified(String message) {
        return TryExecutionResult.falsified(new AssertionError(message));
    }
}

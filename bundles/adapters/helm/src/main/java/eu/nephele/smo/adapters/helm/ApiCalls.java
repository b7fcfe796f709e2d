// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls of API servers with a deadline: the client's own time-out ends when an answer begins, and a slow answer never would. */
final class ApiCalls implements AutoCloseable {

    private final Duration limit;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "helm-api-call");
        thread.setDaemon(true);
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        return thread;
    });

    /** @param limit time for a complete answer */
    ApiCalls(Duration limit) {
        this.limit = limit;
    }

    /**
     * @param what the action and its place
     * @throws KubernetesClientException what the client throws
     * @throws AdapterException {@code TIMED_OUT}, or {@code UNAVAILABLE} if this server may no longer change anything
     */
    <T> T within(String what, Callable<T> call) {
        Future<T> answer = threads.submit(call);
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw timedOut(what + ": no complete answer after %d ms".formatted(limit.toMillis()), late);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw timedOut(what + ": cancelled before the answer", stopped);
        } catch (ExecutionException failed) {
            for (Throwable cause = failed.getCause(); cause != null; cause = cause.getCause()) {
                if (cause instanceof AdapterException ours) {
                    throw ours;
                }
            }
            if (failed.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            throw new IllegalStateException(what, failed);
        } finally {
            answer.cancel(true);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private static AdapterException timedOut(String message, Exception cause) {
        return new AdapterException(Kind.TIMED_OUT, HelmErrors.API_SERVER, message, cause);
    }
}

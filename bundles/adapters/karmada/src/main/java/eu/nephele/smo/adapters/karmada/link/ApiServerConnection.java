// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.link;

import eu.nephele.smo.adapters.karmada.link.ClientHolder.Opening;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * One API server. The client is created at its first use; when its credentials are no longer accepted, the kubeconfig is read
 * again and the client replaced, once per call.
 */
public final class ApiServerConnection implements AutoCloseable {

    private static final int UNAUTHORISED = 401;
    private static final String OPEN_TO_ALL = "/version";
    private static final String STOPPED = "%s: the adapter is stopped; retry";
    private static final String SLOW =
            "The kubeconfig %s, or a program that it starts, did not return credentials in time";
    private static final String RENEWED = "%s: the connection was replaced meanwhile; retry";

    private final LinkSettings settings;
    private final ApiServerFailures failures;
    private final ExecutorService threads;
    private final ClientHolder clients;

    public ApiServerConnection(LinkSettings settings, AdapterEnvironment adapterEnvironment) {
        RetryAfterInterceptor told = new RetryAfterInterceptor();
        this.settings = settings;
        this.threads = Executors.newCachedThreadPool(new DaemonThreads("smo-" + settings.system() + "-calls"));
        this.clients = new ClientHolder(new ClientFactory(settings, adapterEnvironment, told)::open, threads);
        this.failures = new ApiServerFailures(settings.system(), told);
    }

    /** @param what the action, for people: the beginning of the message of a failure */
    public <T> T call(String what, Function<KubernetesClient, T> question) {
        try {
            Opening used = clients.present();
            try {
                return ask(used, question);
            } catch (RuntimeException failure) {
                if (ApiServerFailures.code(failure) == UNAUTHORISED) {
                    clients.forget(used);
                    return ask(clients.present(), question);
                }
                throw cutOff(what, used, failure);
            }
        } catch (RuntimeException failure) {
            throw clients.isClosed() ? unavailable(STOPPED, what, failure) : failures.translate(what, failure);
        }
    }

    /**
     * Calls a member through the server. A member that does not accept the server's credentials says nothing about ours, so the
     * client and its watches stay, unless the server itself rejects ours.
     *
     * @param what as with {@link #call}
     * @throws AdapterException the call of the server or of the member failed
     */
    public <T> T relayed(String what, Function<KubernetesClient, T> question) {
        try {
            Opening used = clients.present();
            try {
                return ask(used, question);
            } catch (RuntimeException failure) {
                if (ApiServerFailures.code(failure) != UNAUTHORISED) {
                    throw cutOff(what, used, failure);
                }
                if (isAccepted(used)) {
                    throw failures.ofMember(what, failure);
                }
                return ask(clients.present(), question);
            }
        } catch (RuntimeException failure) {
            throw clients.isClosed() ? unavailable(STOPPED, what, failure) : failures.translate(what, failure);
        }
    }

    /** Returns whether the server accepts this client's credentials; else the client is closed. */
    private boolean isAccepted(Opening used) {
        try {
            ask(used, client -> Optional.ofNullable(client.raw(OPEN_TO_ALL)));
        } catch (RuntimeException failure) {
            if (ApiServerFailures.code(failure) == UNAUTHORISED) {
                clients.forget(used);
            }
        }
        return clients.isPresent(used);
    }

    /** The same as {@link #call} for optional objects: {@code NOT_FOUND} becomes empty. */
    public <T> Optional<T> find(String what, Function<KubernetesClient, Optional<T>> question) {
        try {
            return call(what, question);
        } catch (AdapterException e) {
            if (e.kind() == Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    AdapterException failure(String what, RuntimeException failure) {
        return failures.translate(what, failure);
    }

    /** Registers a listener for the end of all watches that were opened before. */
    void onRenewal(Runnable listener) {
        clients.onRenewal(listener);
    }

    public String system() {
        return settings.system();
    }

    /** Returns the failure of a call that was cut off: a client closed by another call is no answer of the server. */
    private RuntimeException cutOff(String what, Opening used, RuntimeException failure) {
        boolean answered = ApiServerFailures.code(failure) > 0 || failure instanceof AdapterException;
        return answered || clients.isPresent(used) ? failure : unavailable(RENEWED, what, failure);
    }

    private AdapterException unavailable(String message, String of, RuntimeException cause) {
        return new AdapterException(Kind.UNAVAILABLE, settings.system(), message.formatted(of), cause);
    }

    /** The client's own limit ends when the answer begins; this one when it is complete. */
    private <T> T ask(Opening opening, Function<KubernetesClient, T> question) {
        long deadline = System.nanoTime() + settings.timeout().toNanos();
        KubernetesClient client = opened(opening, deadline);
        Future<T> asked = threads.submit(() -> question.apply(client));
        try {
            return answer(asked, deadline);
        } finally {
            asked.cancel(true);
        }
    }

    /** A client that is late, for example because of a hanging program, does not delay the next caller. */
    private KubernetesClient opened(Opening opening, long deadline) {
        try {
            return answer(opening.client(), deadline);
        } catch (KubernetesClientException late) {
            if (System.nanoTime() - deadline < 0) {
                throw late;
            }
            clients.forget(opening);
            throw unavailable(SLOW, settings.reference(), late);
        }
    }

    private <T> T answer(Future<T> asked, long deadline) {
        try {
            return asked.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new IllegalStateException("A query fails with unchecked exceptions only", failed);
        } catch (CancellationException renewed) {
            throw late("the connection was replaced meanwhile", renewed);
        } catch (TimeoutException late) {
            throw late(
                    "no complete answer in %d ms".formatted(settings.timeout().toMillis()), late);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw late("the caller stopped waiting", stop);
        }
    }

    private static KubernetesClientException late(String message, Exception cause) {
        TimeoutException timeout = new TimeoutException(message);
        timeout.initCause(cause);
        return new KubernetesClientException(message, timeout);
    }

    @Override
    public void close() {
        clients.close();
        threads.shutdownNow();
    }
}

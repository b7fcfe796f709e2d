// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.link;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * One API server. The client is made when it is needed first; when its credentials are no longer accepted, the kubeconfig is read
 * again and the client made anew, once per call.
 */
public final class Connection implements AutoCloseable {

    private static final int UNAUTHORISED = 401;
    private static final String STOPPED = "The adapter has been stopped; ask again";

    private final LinkSettings settings;
    private final ClientFactory factory;
    private final Failures failures;
    private final ExecutorService calls;
    private Optional<KubernetesClient> client = Optional.empty();
    private boolean closed;

    /** @param secrets resolves references of secrets */
    public Connection(LinkSettings settings, Function<String, Optional<String>> secrets) {
        RetryAfter told = new RetryAfter();
        this.settings = settings;
        this.factory = new ClientFactory(settings, secrets, told);
        this.calls = Executors.newCachedThreadPool(new Threads("smo-" + settings.system() + "-calls"));
        this.failures = new Failures(settings.system(), told);
    }

    /**
     * Asks the server something.
     *
     * @param what what is tried, for people: the beginning of the message of a failure
     * @throws AdapterException it said no
     */
    public <T> T call(String what, Function<KubernetesClient, T> question) {
        try {
            KubernetesClient used = client();
            try {
                return ask(used, question);
            } catch (RuntimeException failure) {
                if (Failures.code(failure) != UNAUTHORISED) {
                    throw failure;
                }
                forget(used);
                return ask(client(), question);
            }
        } catch (RuntimeException failure) {
            throw failures.of(what, failure);
        }
    }

    /** The same for what may not be there: {@code NOT_FOUND} becomes empty. */
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

    /** A failure of this server that did not come from a call. */
    AdapterException failure(String what, RuntimeException failure) {
        return failures.of(what, failure);
    }

    /** Name of the system, for failures. */
    public String system() {
        return settings.system();
    }

    /** The client's own limit ends when the answer begins; this one when it is complete. */
    private <T> T ask(KubernetesClient used, Function<KubernetesClient, T> question) {
        Future<T> answer = begin(used, question);
        try {
            return answer.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new IllegalStateException("A question can only fail with an unchecked exception", failed);
        } catch (TimeoutException late) {
            answer.cancel(true);
            throw late(
                    "no complete answer in %d ms".formatted(settings.timeout().toMillis()), late);
        } catch (InterruptedException stop) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw late("whoever asked has stopped waiting", stop);
        }
    }

    private <T> Future<T> begin(KubernetesClient used, Function<KubernetesClient, T> question) {
        try {
            return calls.submit(() -> question.apply(used));
        } catch (RejectedExecutionException ending) {
            throw new AdapterException(Kind.UNAVAILABLE, settings.system(), STOPPED, ending);
        }
    }

    private static KubernetesClientException late(String message, Exception cause) {
        TimeoutException timeout = new TimeoutException(message);
        timeout.initCause(cause);
        return new KubernetesClientException(message, timeout);
    }

    private synchronized KubernetesClient client() {
        if (closed) {
            throw new AdapterException(Kind.UNAVAILABLE, settings.system(), STOPPED);
        }
        KubernetesClient present = client.orElseGet(factory::open);
        client = Optional.of(present);
        return present;
    }

    private synchronized void forget(KubernetesClient refused) {
        if (client.filter(present -> present == refused).isPresent()) {
            client = Optional.empty();
            refused.close();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        client.ifPresent(KubernetesClient::close);
        client = Optional.empty();
        calls.shutdownNow();
    }
}

// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.prometheus.rules;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** The namespace of an API server from which the operator reads rules. A changed kubeconfig is used at the next call. */
public final class RuleCluster implements AutoCloseable {

    /** Defined here without discovery, which would need a call per kind, and additional rights. */
    private static final ResourceDefinitionContext KIND = new ResourceDefinitionContext.Builder()
            .withGroup("monitoring.coreos.com")
            .withVersion("v1")
            .withKind("PrometheusRule")
            .withPlural("prometheusrules")
            .withNamespaced(true)
            .build();

    private static final long MAX_PAUSE_MILLIS = 200;

    private record Opened(String kubeconfig, KubernetesClient client) {}

    private final String system;
    private final String namespace;
    private final RuleClients clients;
    private final ResponseInterceptor answers;
    private final KubernetesFailures failures;
    private final ExecutorService calls;
    private Optional<Opened> opened = Optional.empty();
    private boolean closed;

    public RuleCluster(String system, String namespace, RuleClients clients) {
        this.system = system;
        this.namespace = namespace;
        this.clients = clients;
        this.answers = new ResponseInterceptor(clients.maxAnswerBytes());
        this.failures = new KubernetesFailures(system, answers);
        this.calls = Executors.newCachedThreadPool(task -> thread(task, "smo-%s-calls".formatted(system)));
    }

    private static Thread thread(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        thread.setDaemon(true);
        return thread;
    }

    String system() {
        return system;
    }

    String namespace() {
        return namespace;
    }

    <T> T call(
            String what,
            Function<
                            NonNamespaceOperation<
                                    GenericKubernetesResource,
                                    GenericKubernetesResourceList,
                                    Resource<GenericKubernetesResource>>,
                            T>
                    question) {
        try {
            KubernetesClient client = client();
            return inTime(
                    () -> question.apply(client.genericKubernetesResources(KIND).inNamespace(namespace)));
        } catch (RuntimeException failure) {
            throw failures.translate(what + " in " + namespace, failure);
        }
    }

    /** Waits for a random, growing time, so that two writers of the same object do not collide again. */
    void pause(int attempt, String what) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(Math.min(MAX_PAUSE_MILLIS, 10L << attempt)));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new AdapterException(
                    Kind.TIMED_OUT, system, what + ": interrupted while another thread wrote the same object", stop);
        }
    }

    /** The client's own limit ends when an answer begins; this one when it is complete. */
    private <T> T inTime(Callable<T> question) {
        Future<T> answer = begun(question);
        try {
            return answer.get(clients.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException known
                    ? known
                    : new IllegalStateException("A query fails with unchecked exceptions only", failed);
        } catch (TimeoutException late) {
            throw late("no complete answer in %d ms (setting timeoutMillis)"
                    .formatted(clients.timeout().toMillis()));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw late("the caller stopped waiting");
        } finally {
            // no transfer continues without its caller; after an answer this does nothing
            answer.cancel(true);
        }
    }

    private <T> Future<T> begun(Callable<T> question) {
        try {
            return calls.submit(question);
        } catch (RejectedExecutionException ended) {
            throw stopped();
        }
    }

    private static KubernetesClientException late(String message) {
        return new KubernetesClientException(message, new TimeoutException(message));
    }

    private AdapterException stopped() {
        return new AdapterException(Kind.UNAVAILABLE, system, "The adapter of alert rules is stopped; retry");
    }

    private synchronized KubernetesClient client() {
        if (closed) {
            throw stopped();
        }
        String kubeconfig = clients.kubeconfig();
        Opened usable = opened.filter(present -> present.kubeconfig().equals(kubeconfig))
                .orElseGet(() -> {
                    opened.ifPresent(outdated -> outdated.client().close());
                    opened = Optional.empty();
                    return new Opened(kubeconfig, clients.open(kubeconfig, answers));
                });
        opened = Optional.of(usable);
        return usable.client();
    }

    @Override
    public synchronized void close() {
        closed = true;
        opened.ifPresent(present -> present.client().close());
        opened = Optional.empty();
        calls.shutdownNow();
    }
}

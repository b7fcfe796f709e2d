// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.link;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * The current client, created at its first use. Creating one reads a secret and may start a program that the kubeconfig
 * names: a separate thread does it without a lock, so that callers and the shutdown choose how long they wait.
 */
final class ClientHolder implements AutoCloseable {

    record Opening(CompletableFuture<KubernetesClient> client, Future<?> work) {}

    private final Supplier<KubernetesClient> factory;
    private final ExecutorService threads;
    private final List<Runnable> onRenewal = new CopyOnWriteArrayList<>();
    private Optional<Opening> present = Optional.empty();
    private boolean closed;

    ClientHolder(Supplier<KubernetesClient> factory, ExecutorService threads) {
        this.factory = factory;
        this.threads = threads;
    }

    /** Registers a listener for closed clients, whose watches end without an event. */
    void onRenewal(Runnable listener) {
        onRenewal.add(listener);
    }

    /** @throws RejectedExecutionException after closing */
    synchronized Opening present() {
        if (closed) {
            throw new RejectedExecutionException("The client is closed");
        }
        Opening now = present.orElseGet(this::begin);
        present = Optional.of(now);
        return now;
    }

    private Opening begin() {
        CompletableFuture<KubernetesClient> client = new CompletableFuture<>();
        return new Opening(client, threads.submit(() -> open(client)));
    }

    private void open(CompletableFuture<KubernetesClient> client) {
        try {
            KubernetesClient made = factory.get();
            if (!client.complete(made)) {
                made.close();
            }
        } catch (RuntimeException | LinkageError failure) {
            client.completeExceptionally(failure);
            drop(client);
        }
    }

    /** @return whether it was the current one */
    private synchronized boolean drop(CompletableFuture<KubernetesClient> client) {
        boolean was = present.filter(opening -> opening.client() == client).isPresent();
        present = was ? Optional.empty() : present;
        return was;
    }

    synchronized boolean isPresent(Opening opening) {
        return present.equals(Optional.of(opening));
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** The next caller gets a new client. */
    void forget(Opening refused) {
        if (drop(refused.client())) {
            end(refused);
            onRenewal.forEach(Runnable::run);
        }
    }

    private static void end(Opening opening) {
        opening.client().cancel(false);
        opening.work().cancel(true);
        if (!opening.client().isCompletedExceptionally()) {
            opening.client().join().close();
        }
    }

    @Override
    public void close() {
        Optional<Opening> last;
        synchronized (this) {
            closed = true;
            last = present;
            present = Optional.empty();
        }
        last.ifPresent(ClientHolder::end);
    }
}

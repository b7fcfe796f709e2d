// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Clients that deploy one small graph after the other, each with a name of its own, whatever is answered. */
final class Deployers implements AutoCloseable {

    private static final int CLIENTS = 3;
    private static final long PAUSE_MILLIS = 100;
    private static final long PATIENCE_SECONDS = 60;

    private final NativeApi api;
    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<RestClient.Answer> refused = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    private final List<Future<?>> clients = new ArrayList<>();
    private volatile boolean wanted = true;

    private Deployers(NativeApi api) {
        this.api = api;
    }

    static Deployers start(NativeApi api) {
        Deployers deployers = new Deployers(api);
        for (int i = 0; i < CLIENTS; i++) {
            String prefix = "d" + i + "-";
            deployers.clients.add(deployers.threads.submit(() -> deployers.deploy(prefix)));
        }
        return deployers;
    }

    /** Names of graphs whose deployment was answered 2xx. */
    List<String> acknowledged() {
        return List.copyOf(acknowledged);
    }

    /** All other answers. */
    List<RestClient.Answer> refused() {
        return List.copyOf(refused);
    }

    /** Waits for the last answers; fails when one did not come. */
    void end() throws Exception {
        wanted = false;
        for (Future<?> client : clients) {
            client.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private int deploy(String prefix) throws IOException, InterruptedException {
        int number = 0;
        while (wanted) {
            String name = prefix + number;
            number++;
            try {
                RestClient.Answer answer = api.client().postJson(api.graphs(), graph(name));
                if (answer.status() / 100 == 2) {
                    acknowledged.add(name);
                } else {
                    refused.add(answer);
                    Thread.sleep(PAUSE_MILLIS);
                }
            } catch (HttpTimeoutException hangs) {
                throw hangs;
            } catch (IOException refusedOrCut) {
                Thread.sleep(PAUSE_MILLIS);
            }
        }
        return number;
    }

    static String graph(String name) {
        return Descriptors.graph(name, Descriptors.service(service(name)));
    }

    /** The only service of a graph. */
    static String service(String graph) {
        return graph + "-web";
    }

    @Override
    public void close() {
        wanted = false;
        threads.shutdownNow();
    }
}

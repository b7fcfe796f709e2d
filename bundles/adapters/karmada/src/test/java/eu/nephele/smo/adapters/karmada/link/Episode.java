// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.link;

import eu.nephele.smo.adapters.karmada.federation.KarmadaAdapter;
import eu.nephele.smo.api.port.ClusterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A Karmada that is started, watched and stopped. */
public final class Episode implements Runnable {

    private final int port;

    public Episode(int port) {
        this.port = port;
    }

    @Override
    public void run() {
        String kubeconfig = """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"}}]
                users: [{name: u, user: {token: t}}]
                contexts: [{name: x, context: {cluster: c, user: u}}]
                current-context: x
                """.formatted(port);
        LinkSettings link = new LinkSettings(
                "ended",
                "file:k",
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                1 << 20,
                Optional.empty(),
                Optional.empty());
        WatchSettings watching = new WatchSettings(Set.of(), List.of(), Duration.ofSeconds(60), Duration.ofSeconds(5));
        try (KarmadaAdapter karmada =
                new KarmadaAdapter(link, watching, any -> Optional.of(kubeconfig), Clock.systemUTC())) {
            awaitClusters(karmada.clusters());
            karmada.runtime().subscribe(any -> {});
        }
    }

    private static void awaitClusters(ClusterRegistry registry) {
        for (int i = 0; i < 200; i++) {
            try {
                registry.clusters();
                Thread.sleep(300);
                return;
            } catch (RuntimeException notYet) {
                try {
                    Thread.sleep(50);
                } catch (InterruptedException stop) {
                    throw new IllegalStateException("Stopped waiting", stop);
                }
            } catch (InterruptedException stop) {
                throw new IllegalStateException("Stopped waiting", stop);
            }
        }
        throw new IllegalStateException("The clusters were never known");
    }
}

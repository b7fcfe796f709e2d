// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ListenersTest {

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final List<String> told = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        thread.shutdownNow();
    }

    @Test
    void whatHasChangedThereFirstIsToldFirstHoweverLateItWas() throws Exception {
        Listeners<String> pods = new Listeners<>(thread);
        Listeners<String> clusters = new Listeners<>(thread, pods);
        pods.subscribe(told::add);
        clusters.subscribe(told::add);
        clusters.changed("earlier");
        TimeUnit.MILLISECONDS.sleep(60); // its moment is half over
        pods.changed("pods");
        pods.changed("pods");
        clusters.changed("cluster");

        await(3);
        assertThat(told.subList(0, 1)).containsExactly("pods");
        TimeUnit.MILLISECONDS.sleep(300);
        assertThat(told).as("each once").containsExactlyInAnyOrder("pods", "earlier", "cluster");
    }

    private void await(int count) throws InterruptedException {
        while (told.size() < count) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }
}

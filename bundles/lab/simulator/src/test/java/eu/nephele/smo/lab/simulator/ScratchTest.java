// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator;

import eu.nephele.smo.api.model.*;
import eu.nephele.smo.api.model.Trigger.EventRule;
import eu.nephele.smo.api.port.*;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScratchTest {
    @Test
    void x() {
        Lab lab = new Lab(Scenario.of(Lab.DELAY, Lab.cluster("a", 40000)));
        lab.world.setLoad("*", 3);
        for (int i = 0; i < 3000; i++) {
            lab.install("s" + i, 1, 1, "a");
        }
        for (int i = 0; i < 1000; i++) {
            lab.world
                    .alertRules()
                    .ensure(
                            Lab.ref("s" + i),
                            new EventRule("e", "absent(up{prometheus=\"x\",job=\"s" + i + "\"})", Duration.ZERO, ""),
                            "o");
            lab.world
                    .alertRules()
                    .ensure(
                            Lab.ref("s" + i),
                            new EventRule(
                                    "r",
                                    "sum(rate(http_requests_total{job=\"s" + i + "\"}[1m])) by (job) > 5",
                                    Duration.ZERO,
                                    ""),
                            "o");
        }
        for (int k = 0; k < 3; k++) {
            long t = System.nanoTime();
            lab.pass(Duration.ofSeconds(20));
            System.out.println("MS per tick " + (System.nanoTime() - t) / 20e6);
        }
    }
}

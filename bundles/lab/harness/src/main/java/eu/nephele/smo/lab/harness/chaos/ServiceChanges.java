// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.lab.harness.chaos.PoolCalls.ChangeOutcome;
import eu.nephele.smo.lab.harness.chaos.ServerApi.ApiResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Changes of one service by hand, and what was promised of them. */
final class ServiceChanges {

    private static final String PATH = "/containers/services/%s/%s";

    /** A number by other bounds is decided within some seconds, unless the server is dead. */
    private static final Duration DECIDED = Duration.ofSeconds(30);

    private final PoolModel model;
    private final PoolCalls calls;
    private final PromiseLedger ledger;
    private final Random random;

    ServiceChanges(PoolModel model, PoolCalls calls, PromiseLedger ledger, Random random) {
        this.model = model;
        this.calls = calls;
        this.ledger = ledger;
        this.random = random;
    }

    /** One change; the file of the pool must not change meanwhile. */
    void change(PromisedService service) throws InterruptedException {
        if (model.isTainted(service.name())) {
            return;
        }
        int dice = random.nextInt(100);
        if (dice < 60) {
            boolean down =
                    service.replicas() > service.min() && (service.replicas() >= service.max() || random.nextBoolean());
            scale(service, down ? -1 : 1);
        } else if (dice < 75) {
            restart(service);
        } else {
            update(service);
        }
    }

    private void scale(PromisedService service, int step) throws InterruptedException {
        Instant begin = Instant.now();
        if (service.times().bounded().plus(DECIDED).isAfter(begin)) {
            return;
        }
        ChangeOutcome change = calls.change(PATH.formatted(service.name(), step > 0 ? "scale/up" : "scale/down"));
        boolean success = isSuccess(change);
        if (!success && change.known().isPresent() && !change.outcome().repeated()) {
            refused(service, step, change);
            return;
        }
        // a repeated request may have been answered by what its first try has done
        Optional<Integer> found = calls.replicas(service.name());
        int next = service.replicas() + step;
        boolean happened = found.filter(number -> number == next).isPresent();
        boolean same = found.filter(number -> number == service.replicas()).isPresent();
        if (happened) {
            model.put(service.withReplicas(next, begin));
        } else if (!same || success) {
            String expected = success ? "%d replicas" : "%d replicas, or not yet";
            String subject = "%s at %s".formatted(service.name(), begin);
            String actual = "%s after %s".formatted(found, text(change));
            ledger.find(
                    found.filter(number -> Math.abs(number - service.replicas()) > 1)
                                    .isPresent()
                            ? ChaosFinding.doubled(subject, expected.formatted(next), actual)
                            : ChaosFinding.lost(subject, expected.formatted(next), actual));
            model.taint(service.name());
        }
        if (success) {
            calls.acknowledge(change, step > 0 ? "scale up" : "scale down", service.name());
        }
    }

    /** At a limit, or before it runs, nothing is promised. */
    private void refused(PromisedService service, int step, ChangeOutcome change) {
        int next = service.replicas() + step;
        boolean within = next >= service.min() && next <= service.max();
        if (within && !text(change).contains("is not deployed yet")) {
            calls.refused(change);
        }
    }

    private void restart(PromisedService service) throws InterruptedException {
        Instant begin = Instant.now();
        ChangeOutcome change = calls.change(PATH.formatted(service.name(), "restart"));
        if (isSuccess(change)) {
            model.put(service.replaced(begin));
            calls.acknowledge(change, "restart", service.name());
        } else {
            calls.refused(change);
        }
    }

    private void update(PromisedService service) throws InterruptedException {
        Instant begin = Instant.now();
        List<String> images = ContainersWorld.IMAGES;
        String image = images.get(random.nextInt(images.size()));
        ChangeOutcome change = calls.change(PATH.formatted(service.name(), "rolling-update?image=" + image));
        if (isSuccess(change)) {
            model.put(service.withImage(image).replaced(begin));
            calls.acknowledge(change, "update", service.name());
            return;
        }
        calls.refused(change);
        String found = calls.image(service.name());
        if (found.equals(image)) {
            model.put(service.withImage(image));
        } else if (!found.equals(service.image())) {
            ledger.find(
                    ChaosFinding.lost(service.name(), "the image %s, or %s".formatted(service.image(), image), found));
            model.taint(service.name());
        }
    }

    private static boolean isSuccess(ChangeOutcome change) {
        return change.isGood()
                && change.known()
                        .map(ApiResponse::json)
                        .map(json -> json.at("/result/success"))
                        .map(JsonNode::asBoolean)
                        .orElse(false);
    }

    private static String text(ChangeOutcome change) {
        return change.known().map(ApiResponse::text).orElse("no answer");
    }
}

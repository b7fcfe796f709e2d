// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** State of the partner's strategy in the demo. Used by one thread. */
final class PartnerStrategy {

    static final String PLUGIN = "eu.h3ni.energy-aware";
    static final String STRATEGY = "h3ni.energy-aware";
    static final String FIRST = "1.0.0";

    private static final String SECOND = "2.0.0";

    private final Optional<Path> folder;
    private Optional<String> version = Optional.empty();
    private Optional<Tried> tried = Optional.empty();
    private boolean promoted;

    /** @param carbonKgPerHour emissions of the placement in force during the shadow */
    record Tried(String shadow, double carbonKgPerHour) {}

    PartnerStrategy(Optional<Path> folder) {
        this.folder = folder;
    }

    Optional<Path> jar(String wanted) {
        return folder.map(path -> path.resolve(nameOf(wanted))).filter(Files::isReadable);
    }

    static String nameOf(String wanted) {
        return "energy-aware-%s.jar".formatted(wanted);
    }

    /** The version in use; empty when it is not installed. */
    Optional<String> version() {
        return version;
    }

    void decidesIn(String now) {
        version = Optional.of(now);
    }

    /** Returns the version to swap to: the second one, or the first one if an earlier run has left the second. */
    String other() {
        return version.filter(SECOND::equals).isPresent() ? FIRST : SECOND;
    }

    /** Returns the result of its shadow; empty without one, or if it shows no improvement. */
    Optional<Tried> tried() {
        return tried;
    }

    void wasTried(Tried result) {
        tried = Optional.of(result);
    }

    boolean isPromoted() {
        return promoted;
    }

    void wasPromoted() {
        promoted = true;
    }

    /** Reason why its steps do not apply. */
    static Optional<String> outOfPlace(DemoStory story) {
        if (!story.simulated()) {
            return Optional.of("this server has no simulated federation, and a real one gets no plugin for show");
        }
        return story.graph().staticPlacement()
                ? Optional.of("the graph is placed by its charts: no strategy decides about it")
                : Optional.empty();
    }

    /** Reason to skip the steps without the plugin. */
    static Optional<String> absent(DemoStory story) {
        return outOfPlace(story)
                .or(() -> story.newcomer().version().isPresent()
                        ? Optional.empty()
                        : Optional.of("%s is not installed".formatted(STRATEGY)));
    }
}

// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** One chapter of the story. */
interface DemoStep {

    /** One word for programs. */
    String id();

    String title(DemoStory story);

    /** Why this step makes no sense for this graph; empty when it does. */
    default Optional<String> skipped(DemoStory story) {
        return Optional.empty();
    }

    /**
     * Does it and tells about it.
     *
     * @param facts receives the same for programs
     * @throws StepFailed when it did not show what it should
     * @throws InterruptedException when nobody wants to see the rest
     */
    void run(DemoStory story, ObjectNode facts) throws StepFailed, InterruptedException;

    /** Tells that a step makes no sense after all, where only the server can know it. */
    static void skip(DemoStory story, ObjectNode facts, String why) {
        story.terminal().notable("skipped: " + why);
        facts.put("skipped", why);
    }
}

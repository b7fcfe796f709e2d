// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** One chapter of the story. */
interface Step {

    /** One word for programs. */
    String id();

    String title(Story story);

    /** Why this step makes no sense for this graph; empty when it does. */
    default Optional<String> skipped(Story story) {
        return Optional.empty();
    }

    /**
     * Does it and tells about it.
     *
     * @param facts receives the same for programs
     * @throws StepFailed when it did not show what it should
     * @throws InterruptedException when nobody wants to see the rest
     */
    void run(Story story, ObjectNode facts) throws StepFailed, InterruptedException;

    /** Tells that a step makes no sense after all, where only the server can know it. */
    static void skip(Story story, ObjectNode facts, String why) {
        story.terminal().notable("skipped: " + why);
        facts.put("skipped", why);
    }
}

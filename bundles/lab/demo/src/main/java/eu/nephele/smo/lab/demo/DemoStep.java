// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

interface DemoStep {

    /** Name for programs. */
    String id();

    String title(DemoStory story);

    /** Reason why this step does not apply to this graph; empty when it applies. */
    default Optional<String> skipped(DemoStory story) {
        return Optional.empty();
    }

    /**
     * @param facts receives the report, for programs
     * @throws StepFailed when the expected effect did not occur
     */
    void run(DemoStory story, ObjectNode facts) throws StepFailed, InterruptedException;

    /** Reports that a step does not apply after all, which only the server could determine. */
    static void skip(DemoStory story, ObjectNode facts, String why) {
        story.terminal().notable("skipped: " + why);
        facts.put("skipped", why);
    }
}

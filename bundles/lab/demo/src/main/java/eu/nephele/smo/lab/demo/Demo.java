// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.client.CallFailed;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.terminal.Terminal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

final class Demo {

    static final int FAILED = 1;

    static final int INTERRUPTED = 130;

    /** The web page of the server. */
    static final String PAGE = "/dashboard/";

    private static final List<DemoStep> STEPS = List.of(
            new FederationStep(),
            new DeployStep(),
            new LoadStep(),
            new FailoverStep(),
            new ExplainStep(),
            new PluginStep(),
            new ShadowStep(),
            new PromoteStep(),
            new SwapStep(),
            new WhatIfStep(),
            new PointersStep());

    private final RestCalls client;
    private final Terminal terminal;
    private final DemoClock demoClock;
    private final Optional<Path> examples;

    Demo(RestCalls client, Terminal terminal, DemoClock demoClock, Optional<Path> examples) {
        this.client = client;
        this.terminal = terminal;
        this.demoClock = demoClock;
        this.examples = examples;
    }

    /**
     * @param startupMillis start time of the server, negative when unknown
     * @param summary whether the last line is the outcome as JSON
     * @return exit code
     * @throws CallFailed when the server cannot be reached
     */
    int run(DemoGraph graph, long startupMillis, boolean summary) {
        long start = demoClock.nanoTime();
        DemoStory story = new DemoStory(client, terminal, demoClock, graph, new PartnerStrategy(examples));
        terminal.notable("Watch it as it happens: %s%s".formatted(client.server(), PAGE));
        for (int i = 0; i < STEPS.size(); i++) {
            int exit = run(STEPS.get(i), i + 1, story);
            if (exit != 0) {
                return exit;
            }
        }
        ObjectNode outcome = DemoSummary.toJson(story, startupMillis, demoClock.nanoTime() - start);
        terminal.line("");
        terminal.good("The demo took %s s: %d moved, %d scaled, %d decisions on record"
                .formatted(
                        outcome.path("seconds").asText(),
                        story.moved().size(),
                        story.scaled().size(),
                        outcome.path("decisions").asLong()));
        if (summary) {
            terminal.json(outcome);
        }
        return 0;
    }

    private int run(DemoStep step, int number, DemoStory story) {
        ObjectNode facts = JsonNodeFactory.instance.objectNode().put("step", step.id());
        String title = step.title(story);
        terminal.title("[%d/%d] %s".formatted(number, STEPS.size(), title));
        long start = demoClock.nanoTime();
        try {
            Optional<String> skipped = step.skipped(story);
            if (skipped.isPresent()) {
                terminal.line("skipped: " + skipped.get());
                facts.put("skipped", skipped.get());
            } else {
                step.run(story, facts);
            }
        } catch (StepFailed failed) {
            return failed(number, title, facts, failed.lines());
        } catch (CallFailed failed) {
            return failed(number, title, facts, failed.lines());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return INTERRUPTED;
        }
        facts.put("stepMillis", (demoClock.nanoTime() - start) / 1_000_000);
        if (terminal.isJson()) {
            terminal.json(facts);
        }
        return 0;
    }

    private int failed(int number, String title, ObjectNode facts, List<String> lines) {
        terminal.bad("Step %d (%s) failed: %s".formatted(number, title, lines.get(0)));
        lines.stream().skip(1).forEach(terminal::line);
        if (terminal.isJson()) {
            facts.put("failed", String.join("\n", lines));
            terminal.json(facts);
        }
        return FAILED;
    }
}

// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.client.CallFailed;
import eu.nephele.smo.access.cli.client.Plugins;
import eu.nephele.smo.access.cli.view.PluginView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Brings the strategy of a partner into the running server. */
final class PluginStep implements Step {

    private static final int WAIT_SECONDS = 60;
    private static final Set<Integer> NO_RIGHT = Set.of(401, 403);

    @Override
    public String id() {
        return "plugin";
    }

    @Override
    public String title(Story story) {
        return "A partner's strategy comes into the running server";
    }

    @Override
    public Optional<String> skipped(Story story) {
        return Newcomer.outOfPlace(story)
                .or(() -> story.newcomer().jar(Newcomer.FIRST).isPresent()
                        ? Optional.empty()
                        : Optional.of("there is no %s; --examples FOLDER says where it is"
                                .formatted(Newcomer.nameOf(Newcomer.FIRST))));
    }

    @Override
    public void run(Story story, ObjectNode facts) throws StepFailed {
        Plugins plugins = new Plugins(story.client());
        Optional<JsonNode> there = plugins.find(Newcomer.PLUGIN);
        Optional<JsonNode> active = there.flatMap(plugin -> in(plugin, "ACTIVE"));
        if (active.isPresent()) {
            String version = active.get().path("version").asText();
            story.terminal()
                    .notable("%s %s is installed already, since %s: it stays"
                            .formatted(
                                    Newcomer.PLUGIN,
                                    version,
                                    active.get().path("installedAt").asText()));
            PluginView.summary(story.terminal(), active.get());
            facts.put("installedBefore", true);
            arrived(story, facts, version);
        } else if (there.flatMap(plugin -> in(plugin, "STOPPED")).isPresent()) {
            Step.skip(
                    story,
                    facts,
                    "%s is installed, and somebody has stopped it; ./smo plugin start %s"
                            .formatted(Newcomer.PLUGIN, Newcomer.PLUGIN));
        } else {
            install(story, facts, plugins);
        }
    }

    private static void install(Story story, ObjectNode facts, Plugins plugins) throws StepFailed {
        Path jar = story.newcomer().jar(Newcomer.FIRST).orElseThrow();
        long start = story.now();
        story.terminal().line("POST /api/v1/plugins: %s".formatted(jar.getFileName()));
        story.terminal().progress("admission, then the conformance kit");
        try {
            plugins.install(jar, WAIT_SECONDS);
        } catch (CallFailed refused) {
            Step.skip(story, facts, whyNot(plugins, refused).orElseThrow(() -> refused));
            return;
        } catch (IOException unreadable) {
            throw new StepFailed("%s cannot be read: %s".formatted(jar, unreadable.getMessage()));
        }
        long nanos = story.now() - start;
        JsonNode plugin = plugins.find(Newcomer.PLUGIN)
                .flatMap(found -> in(found, "ACTIVE"))
                .orElseThrow(() -> new StepFailed(
                        "%s is not in use %s after its upload".formatted(Newcomer.PLUGIN, Story.seconds(nanos))));
        PluginView.summary(story.terminal(), plugin);
        story.terminal()
                .good("%s %s offers %s: in use %s after the upload began, nothing was restarted"
                        .formatted(
                                Newcomer.PLUGIN,
                                plugin.path("version").asText(),
                                PluginView.offers(plugin),
                                Story.seconds(nanos)));
        facts.put("installedBefore", false);
        facts.put("usableMillis", nanos / 1_000_000);
        facts.set("admission", plugin.path("admission"));
        facts.set("conformance", plugin.path("conformance"));
        story.gained().put("pluginUsableMillis", nanos / 1_000_000);
        arrived(story, facts, plugin.path("version").asText());
    }

    private static void arrived(Story story, ObjectNode facts, String version) {
        facts.put("plugin", Newcomer.PLUGIN);
        facts.put("version", version);
        story.newcomer().decidesIn(version);
    }

    /** A server may be stricter than a demo can be; that is no failure of it. */
    private static Optional<String> whyNot(Plugins plugins, CallFailed refused) {
        if (NO_RIGHT.contains(refused.status())) {
            return Optional.of("plugins need the administrator's token (--token-file)");
        }
        return plugins.find(Newcomer.PLUGIN)
                .flatMap(plugin -> in(plugin, "REFUSED"))
                .map(plugin ->
                        "this server does not let it in: " + plugin.path("why").asText());
    }

    private static Optional<JsonNode> in(JsonNode plugin, String state) {
        return StreamSupport.stream(plugin.path("versions").spliterator(), false)
                .filter(version -> version.path("state").asText().equals(state))
                .findFirst();
    }
}

// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.client.CallFailed;
import eu.nephele.smo.access.cli.client.PluginsClient;
import eu.nephele.smo.access.cli.view.PluginView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Installs the strategy of a partner in the running server. */
final class PluginStep implements DemoStep {

    private static final int WAIT_SECONDS = 60;
    private static final Set<Integer> NO_RIGHT = Set.of(401, 403);

    @Override
    public String id() {
        return "plugin";
    }

    @Override
    public String title(DemoStory story) {
        return "A partner's strategy comes into the running server";
    }

    @Override
    public Optional<String> skipped(DemoStory story) {
        return PartnerStrategy.outOfPlace(story)
                .or(() -> story.newcomer().jar(PartnerStrategy.FIRST).isPresent()
                        ? Optional.empty()
                        : Optional.of("there is no %s; --examples FOLDER says where it is"
                                .formatted(PartnerStrategy.nameOf(PartnerStrategy.FIRST))));
    }

    @Override
    public void run(DemoStory story, ObjectNode facts) throws StepFailed {
        PluginsClient plugins = new PluginsClient(story.client());
        Optional<JsonNode> there = plugins.find(PartnerStrategy.PLUGIN);
        Optional<JsonNode> active = there.flatMap(plugin -> in(plugin, "ACTIVE"));
        if (active.isPresent()) {
            String version = active.get().path("version").asText();
            story.terminal()
                    .notable("%s %s is installed already, since %s: it stays"
                            .formatted(
                                    PartnerStrategy.PLUGIN,
                                    version,
                                    active.get().path("installedAt").asText()));
            PluginView.summary(story.terminal(), active.get());
            facts.put("installedBefore", true);
            arrived(story, facts, version);
        } else if (there.flatMap(plugin -> in(plugin, "STOPPED")).isPresent()) {
            DemoStep.skip(
                    story,
                    facts,
                    "%s is installed, and somebody has stopped it; ./smo plugin start %s"
                            .formatted(PartnerStrategy.PLUGIN, PartnerStrategy.PLUGIN));
        } else {
            install(story, facts, plugins);
        }
    }

    private static void install(DemoStory story, ObjectNode facts, PluginsClient plugins) throws StepFailed {
        Path jar = story.newcomer().jar(PartnerStrategy.FIRST).orElseThrow();
        long start = story.now();
        story.terminal().line("POST /api/v1/plugins: %s".formatted(jar.getFileName()));
        story.terminal().progress("admission, then the conformance kit");
        try {
            plugins.install(jar, WAIT_SECONDS);
        } catch (CallFailed refused) {
            DemoStep.skip(story, facts, whyNot(plugins, refused).orElseThrow(() -> refused));
            return;
        } catch (IOException unreadable) {
            throw new StepFailed("%s cannot be read: %s".formatted(jar, unreadable.getMessage()));
        }
        long nanos = story.now() - start;
        JsonNode plugin = plugins.find(PartnerStrategy.PLUGIN)
                .flatMap(found -> in(found, "ACTIVE"))
                .orElseThrow(() -> new StepFailed("%s is not in use %s after its upload"
                        .formatted(PartnerStrategy.PLUGIN, DemoStory.seconds(nanos))));
        PluginView.summary(story.terminal(), plugin);
        story.terminal()
                .good("%s %s offers %s: in use %s after the upload began, nothing was restarted"
                        .formatted(
                                PartnerStrategy.PLUGIN,
                                plugin.path("version").asText(),
                                PluginView.offers(plugin),
                                DemoStory.seconds(nanos)));
        facts.put("installedBefore", false);
        facts.put("usableMillis", nanos / 1_000_000);
        facts.set("admission", plugin.path("admission"));
        facts.set("conformance", plugin.path("conformance"));
        story.gained().put("pluginUsableMillis", nanos / 1_000_000);
        arrived(story, facts, plugin.path("version").asText());
    }

    private static void arrived(DemoStory story, ObjectNode facts, String version) {
        facts.put("plugin", PartnerStrategy.PLUGIN);
        facts.put("version", version);
        story.newcomer().decidesIn(version);
    }

    /** A server may refuse the plugin by its configuration, which is not a failure of the demo. */
    private static Optional<String> whyNot(PluginsClient plugins, CallFailed refused) {
        if (NO_RIGHT.contains(refused.status())) {
            return Optional.of("plugins need the administrator's token (--token-file)");
        }
        return plugins.find(PartnerStrategy.PLUGIN)
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

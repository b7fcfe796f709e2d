// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.client.CallFailed;
import eu.nephele.smo.access.cli.client.PluginsClient;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.signing.SignedPlugin;
import eu.nephele.smo.access.cli.signing.SignedPlugin.PluginSignerKey;
import eu.nephele.smo.access.cli.signing.SignerKeyStore;
import eu.nephele.smo.access.cli.terminal.Terminal;
import eu.nephele.smo.access.cli.view.OperationView;
import eu.nephele.smo.access.cli.view.PluginView;
import eu.nephele.smo.access.cli.waiting.OperationWait;
import eu.nephele.smo.core.contract.plugin.SignerKeys;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "plugin",
        description = "Plugins: install, list, show, upgrade, rollback, remove, forget, stop, start; their signatures:"
                + " keygen, sign, verify, signer.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = SignerCommands.class)
public final class PluginCommands {

    private static final String WAIT = "60";

    /** Seconds that the server waits. */
    private static final int NONE = 0;

    @Command(description = "Installs a jar or zip, and prints the findings of admission and conformance kit.")
    int install(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "FILE") Path file,
            @Option(names = "--wait", paramLabel = "SECONDS", defaultValue = WAIT) int seconds)
            throws IOException {
        return uploaded(connection, seconds, plugins -> plugins.install(file, NONE));
    }

    @Command(description = "Replaces the installed versions by the one in FILE, or changes nothing.")
    int upgrade(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "ID") String id,
            @Parameters(paramLabel = "FILE") Path file,
            @Option(names = "--force", description = "Also when graphs ask for a version that goes.") boolean force,
            @Option(names = "--wait", paramLabel = "SECONDS", defaultValue = WAIT) int seconds)
            throws IOException {
        return uploaded(connection, seconds, plugins -> plugins.upgrade(id, file, force, NONE));
    }

    @Command(
            description =
                    "Returns to the version that the last upgrade replaced; a second call returns to the later one.")
    int rollback(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--force", description = "Also when graphs ask for a version that goes.") boolean force,
            @Option(names = "--wait", paramLabel = "SECONDS", defaultValue = WAIT) int seconds)
            throws IOException {
        return uploaded(connection, seconds, plugins -> plugins.rollback(id, force, NONE));
    }

    @Command(description = "Dismisses refused and failed versions.")
    int forget(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--version", paramLabel = "VERSION", defaultValue = "", description = "Default: all.")
                    String version) {
        connection
                .client()
                .post(PluginsClient.path(id) + "/forget"
                        + (version.isEmpty() ? "" : "?version=" + RestCalls.encoded(version)));
        if (connection.terminal().isJson()) {
            connection.terminal().json(JsonNodeFactory.instance.objectNode().put("forgotten", id));
        } else {
            connection.terminal().good("The refused and failed versions of %s are forgotten".formatted(id));
        }
        return 0;
    }

    @Command(description = "All plugins.")
    int list(@Mixin ConnectionOptions connection) {
        JsonNode page = connection.client().get("/api/v1/plugins");
        if (connection.terminal().isJson()) {
            connection.terminal().json(page);
        } else if (page.path("items").isEmpty()) {
            connection.terminal().line("No plugins are installed.");
        } else {
            connection.terminal().table(PluginView.list(page.path("items")));
        }
        return 0;
    }

    @Command(description = "A plugin with its services, findings and users.")
    int show(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--version", paramLabel = "VERSION", defaultValue = "") String version) {
        RestCalls client = connection.client();
        Terminal terminal = connection.terminal();
        JsonNode plugin = client.get(
                PluginsClient.path(id) + (version.isEmpty() ? "" : "?version=" + RestCalls.encoded(version)));
        JsonNode uses = client.get(PluginsClient.path(id) + "/uses");
        if (terminal.isJson()) {
            terminal.json(plugin);
            return 0;
        }
        plugin.path("versions").forEach(one -> PluginView.show(terminal, one));
        uses.path("items")
                .forEach(use -> terminal.line("used by %s: %s"
                        .formatted(use.path("graph").asText(), use.path("how").asText())));
        return 0;
    }

    @Command(description = "Removes a plugin; calls in flight finish first.")
    int remove(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--version", paramLabel = "VERSION", defaultValue = "", description = "Default: all.")
                    String version,
            @Option(names = "--force", description = "Also when graphs use it; their fallbacks decide then.")
                    boolean force,
            @Option(names = "--wait", paramLabel = "SECONDS", defaultValue = WAIT) int seconds) {
        RestCalls client = connection.client();
        JsonNode answer =
                ended(connection, client, seconds, client.delete(PluginsClient.path(id) + query(version, force)));
        Terminal terminal = connection.terminal();
        if (terminal.isJson()) {
            terminal.json(answer);
            return 0;
        }
        Optional<OperationView> open = OperationView.ofPlugin(answer).filter(OperationView::isOpen);
        open.ifPresentOrElse(
                going -> terminal.notable(going.text()),
                () -> terminal.good("%s%s is removed".formatted(id, version.isEmpty() ? "" : " " + version)));
        return 0;
    }

    @Command(description = "Stops a plugin and keeps it.")
    int stop(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--version", paramLabel = "VERSION", defaultValue = "") String version,
            @Option(names = "--force", description = "Also when graphs use it.") boolean force) {
        return changed(connection, connection.client().post(PluginsClient.path(id) + "/stop" + query(version, force)));
    }

    @Command(description = "Starts a stopped or failed plugin.")
    int start(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--version", paramLabel = "VERSION", defaultValue = "") String version) {
        String query = version.isEmpty() ? "" : "?version=" + RestCalls.encoded(version);
        return changed(connection, connection.client().post(PluginsClient.path(id) + "/start" + query));
    }

    @Command(description = "Makes a key to sign plugins with, NAME.p12, and its certificate, NAME.pem; asks no server.")
    int keygen(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--to", paramLabel = "FOLDER", defaultValue = ".") Path folder,
            @Option(
                            names = "--password-file",
                            paramLabel = "FILE",
                            required = true,
                            description = "Its first line protects the key; at least 6 characters.")
                    Path password,
            @Option(
                            names = "--days",
                            paramLabel = "N",
                            defaultValue = "730",
                            description = "How long the key is valid.")
                    int days)
            throws IOException, InterruptedException {
        Path store = folder.resolve(name + ".p12");
        Path certificate = folder.resolve(name + ".pem");
        SignerKeyStore.make(store, certificate, password, name, days);
        connection
                .terminal()
                .good("%s is the key: keep it. %s is for those who shall trust it".formatted(store, certificate));
        return 0;
    }

    @Command(description = "Signs a plugin, every entry of it; the last step before it is given away. Asks no server.")
    int sign(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "FILE") Path file,
            @Option(
                            names = "--key",
                            paramLabel = "FILE",
                            required = true,
                            description = "Of plugin keygen, or PKCS #12.")
                    Path key,
            @Option(names = "--password-file", paramLabel = "FILE", required = true) Path password,
            @Option(
                            names = "--tsa",
                            paramLabel = "URL",
                            description = "Authority of time stamps: the signature outlives the key.")
                    @Nullable
                    URI authority,
            @Option(names = "--to", paramLabel = "FILE", description = "Default: in place.") @Nullable Path to)
            throws IOException {
        Path target = to == null ? file : to;
        new SignedPlugin(file).sign(SignerKeyStore.read(key, password), Optional.ofNullable(authority), target);
        return verify(connection, target, null);
    }

    @Command(description = "Says who has signed the whole of a file, as a server reads it; fails when nobody has.")
    int verify(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "FILE") Path file,
            @Option(
                            names = "--certificate",
                            paramLabel = "FILE",
                            description = "PEM; fails when its key has not signed the file.")
                    @Nullable
                    Path certificate)
            throws IOException {
        List<PluginSignerKey> signers = new SignedPlugin(file).verify();
        if (certificate != null) {
            String expected = fingerprint(certificate);
            if (signers.stream().noneMatch(signer -> signer.fingerprint().equals(expected))) {
                throw new IOException("%s is not signed by the key of %s".formatted(file, certificate));
            }
        }
        for (PluginSignerKey signer : signers) {
            connection
                    .terminal()
                    .good("%s is signed by %s, key %s%s"
                            .formatted(
                                    file,
                                    signer.subject(),
                                    signer.fingerprint(),
                                    signer.timestamp()
                                            .map(at -> ", stamped " + at)
                                            .orElse("")));
        }
        return 0;
    }

    private static String fingerprint(Path certificate) throws IOException {
        try {
            return SignerKeys.read(Files.readString(certificate)).fingerprint();
        } catch (IllegalArgumentException unusable) {
            throw new IOException("%s: %s".formatted(certificate, unusable.getMessage()), unusable);
        }
    }

    private static int changed(ConnectionOptions connection, JsonNode plugin) {
        if (connection.terminal().isJson()) {
            connection.terminal().json(plugin);
        } else {
            PluginView.headline(connection.terminal(), plugin, true);
        }
        return plugin.path("state").asText().equals("FAILED") ? 1 : 0;
    }

    @FunctionalInterface
    private interface PluginUpload {
        JsonNode to(PluginsClient plugins) throws IOException;
    }

    private static int uploaded(ConnectionOptions connection, int seconds, PluginUpload upload) throws IOException {
        RestCalls client = connection.client();
        try {
            report(connection, ended(connection, client, seconds, upload.to(new PluginsClient(client))), true);
            return 0;
        } catch (CallFailed refused) {
            boolean told = refused.operation()
                    .map(id -> report(connection, client.get(RestCalls.path("api", "v1", "operations", id)), false))
                    .orElse(false);
            throw told ? refused.withReasonsTold() : refused;
        }
    }

    /** Waits here and not in the server: Ctrl-C leaves the operation, and says which one. */
    private static JsonNode ended(ConnectionOptions connection, RestCalls client, int seconds, JsonNode answer) {
        JsonNode latest = OperationWait.isOpen(answer)
                ? new OperationWait(connection, client).end(answer, Duration.ofSeconds(seconds))
                : answer;
        return new PluginsClient(client).settled(latest, NONE);
    }

    /**
     * @param well else the reason is printed once, here or by the failure itself
     * @return whether the reasons against it were printed
     */
    private static boolean report(ConnectionOptions connection, JsonNode operation, boolean well) {
        Terminal terminal = connection.terminal();
        Optional<OperationView> view = OperationView.ofPlugin(operation);
        Optional<JsonNode> plugin = view.flatMap(change -> new PluginsClient(connection.client()).find(change.plugin()))
                .flatMap(PluginView::latest);
        if (terminal.isJson()) {
            var both = JsonNodeFactory.instance.objectNode();
            both.set("operation", operation);
            both.set("plugin", plugin.orElseGet(JsonNodeFactory.instance::nullNode));
            terminal.json(both);
            return false;
        }
        plugin.ifPresent(version -> {
            PluginView.findings(terminal, version);
            PluginView.trial(terminal, operation);
            PluginView.headline(terminal, version, well);
        });
        view.filter(OperationView::isOpen).ifPresent(going -> terminal.notable(going.text()));
        return plugin.map(PluginView::saysWhatIsWrong).orElse(false);
    }

    private static String query(String version, boolean force) {
        return "?force=" + force + (version.isEmpty() ? "" : "&version=" + RestCalls.encoded(version));
    }
}

// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.client.RestCalls.TaggedContent;
import eu.nephele.smo.access.cli.terminal.TableRenderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code profile}: what replicas of services can serve: fitted here, or learned by a server. */
@Command(
        name = "profile",
        description =
                "What replicas of services can serve: fit, test; learned by a server: list, show, apply, reject, export, import.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {FitCommand.class, TestCommand.class})
public final class ProfileCommands {

    private static final String APPLIED = "applied";
    private static final String PROPOSAL = "proposal";
    private static final String REJECTED = "rejected";

    @Command(description = "What was learned, and what of it counts.")
    int list(@Mixin ConnectionOptions connection) {
        ArrayNode all = new StoredProfiles(connection.client()).all();
        if (connection.terminal().isJson()) {
            connection.terminal().json(all);
            return 0;
        }
        TableRenderer table = new TableRenderer("name", "artifact", "version", "applied", "proposed");
        for (JsonNode profile : all) {
            JsonNode desired = profile.path("desired");
            table.row(
                    profile.path("name").asText(),
                    desired.path("artifact").asText(),
                    desired.path("version").asText(),
                    coefficients(desired.path(APPLIED)),
                    coefficients(desired.path(PROPOSAL)));
        }
        if (table.isEmpty()) {
            connection.terminal().line("Nothing was learned yet.");
        } else {
            connection.terminal().table(table);
        }
        return 0;
    }

    @Command(description = "One profile with the quality of its fit.")
    int show(@Mixin ConnectionOptions connection, @Parameters(paramLabel = "NAME") String name) {
        JsonNode profile = new StoredProfiles(connection.client()).one(name);
        if (connection.terminal().isJson()) {
            connection.terminal().json(profile);
            return 0;
        }
        JsonNode desired = profile.path("desired");
        connection
                .terminal()
                .line("%s: %s, version %s"
                        .formatted(
                                name,
                                desired.path("artifact").asText(),
                                desired.path("version").asText()));
        for (String part : new String[] {APPLIED, PROPOSAL, REJECTED}) {
            if (desired.has(part)) {
                connection
                        .terminal()
                        .line("%s: %s, %s"
                                .formatted(
                                        part,
                                        coefficients(desired.path(part)),
                                        desired.path(part).path("origin").asText("no origin")));
                connection
                        .terminal()
                        .line("  careful: " + coefficients(desired.path(part).path("careful")));
            }
        }
        return 0;
    }

    @Command(description = "Makes the proposal count, from the next decision on.")
    int apply(@Mixin ConnectionOptions connection, @Parameters(paramLabel = "NAME") String name) {
        return decide(connection, name, APPLIED);
    }

    @Command(description = "Rejects the proposal; it does not come again unless it becomes another one.")
    int reject(@Mixin ConnectionOptions connection, @Parameters(paramLabel = "NAME") String name) {
        return decide(connection, name, REJECTED);
    }

    private static int decide(ConnectionOptions connection, String name, String becomes) {
        StoredProfiles stored = new StoredProfiles(connection.client());
        TaggedContent seen = stored.tagged(name);
        ObjectNode desired = seen.content().path("desired").deepCopy();
        JsonNode proposal = desired.remove(PROPOSAL);
        if (proposal == null) {
            connection.terminal().bad("%s has no proposal".formatted(name));
            return 1;
        }
        if (becomes.equals(APPLIED)) {
            desired.remove(REJECTED);
        }
        desired.set(becomes, proposal);
        JsonNode answer = stored.put(name, desired, seen.tag());
        if (connection.terminal().isJson()) {
            connection.terminal().json(answer);
        } else {
            connection.terminal().good("%s: %s %s".formatted(name, becomes, coefficients(proposal)));
        }
        return 0;
    }

    @Command(description = "Writes all profiles into a file, for another server.")
    int export(@Mixin ConnectionOptions connection, @Parameters(paramLabel = "FILE") Path file) throws IOException {
        ArrayNode documents = JsonNodeFactory.instance.arrayNode();
        for (JsonNode profile : new StoredProfiles(connection.client()).all()) {
            documents.addObject().put("name", profile.path("name").asText()).set("desired", profile.path("desired"));
        }
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), documents);
        connection.terminal().good("%d profiles: %s".formatted(documents.size(), file));
        return 0;
    }

    @Command(
            name = "import",
            description =
                    "Reads profiles from a file, none when one is wrong; each replaces the one of the same artifact and"
                            + " version. One that is only a proposal leaves what counts there.")
    int read(@Mixin ConnectionOptions connection, @Parameters(paramLabel = "FILE") Path file) throws IOException {
        ProfileFile read = ProfileFile.read(Files.readString(file));
        if (!read.mistakes().isEmpty()) {
            read.mistakes().forEach(mistake -> connection.error("%s: %s".formatted(file, mistake)));
            connection.error("%s: nothing was imported".formatted(file));
            return 1;
        }
        new ProfileImport(new StoredProfiles(connection.client())).write(read.profiles());
        connection
                .terminal()
                .good("%d profiles from %s".formatted(read.profiles().size(), file));
        return 0;
    }

    private static String coefficients(JsonNode profile) {
        return profile.isMissingNode()
                ? "-"
                : "alpha %s, beta %s"
                        .formatted(
                                ProfileReport.number(profile.path("alpha").asDouble()),
                                ProfileReport.number(profile.path("beta").asDouble()));
    }
}

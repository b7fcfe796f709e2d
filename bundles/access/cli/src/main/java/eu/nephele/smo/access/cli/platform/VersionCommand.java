// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.ExitStatus;
import eu.nephele.smo.access.cli.listing.ListedKind;
import eu.nephele.smo.access.cli.resource.OutputOptions;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code version}: of this program and of the server. */
@Command(name = "version", description = "The version of this command line, and of the server.")
public final class VersionCommand implements Callable<Integer> {

    private static final String BUILD = "version.properties";

    private static final ListedKind PROGRAMS = ListedKind.rows(
            "programs", "program", "/program", "PROGRAM=/program VERSION=/version API=/api JAVA=/java", "");

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(names = "--client", description = "Asks no server.")
    private boolean clientOnly;

    @Override
    public Integer call() throws IOException {
        ObjectNode client = JsonNodeFactory.instance
                .objectNode()
                .put("program", "client")
                .put("version", version())
                .put("java", Runtime.version().toString());
        ObjectNode both = JsonNodeFactory.instance.objectNode();
        both.set("client", client);
        if (clientOnly) {
            output.write(connection, PROGRAMS, List.of(client), both);
            return ExitStatus.DONE.code();
        }
        JsonNode server = connection.client().get("/api/v1/version");
        both.set("server", server);
        ObjectNode row = JsonNodeFactory.instance.objectNode().put("program", "server");
        row.setAll((ObjectNode) server);
        output.write(connection, PROGRAMS, List.of(client, row), both);
        return ExitStatus.DONE.code();
    }

    private static String version() throws IOException {
        Properties build = new Properties();
        try (InputStream file = VersionCommand.class.getResourceAsStream(BUILD)) {
            if (file != null) {
                build.load(file);
            }
        }
        return build.getProperty("version", "unknown");
    }
}

// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.resource;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.listing.ListedKind;
import eu.nephele.smo.access.cli.resource.OutputFormat.Style;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** In which format a command writes what it has read. */
public final class OutputOptions {

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table, wide, json, yaml, name or jsonpath=EXPRESSION; default: ${DEFAULT-VALUE}.")
    private String output = "";

    /** Whether it is for people. */
    public boolean isTable(ConnectionOptions connection) {
        return format(connection).isFor(Style.TABLE, Style.WIDE);
    }

    /**
     * Writes an answer.
     *
     * @param rows what is listed of it, in tables and by name
     * @param answer all of it, for the other formats
     */
    public void write(ConnectionOptions connection, ListedKind kind, Iterable<JsonNode> rows, JsonNode answer) {
        OutputFormat format = format(connection);
        List<JsonNode> listed = new ArrayList<>();
        rows.forEach(listed::add);
        if (format.isFor(Style.NAME)) {
            listed.forEach(item -> connection.terminal().raw(kind.nameOf(item, kind.isOfProject())));
        } else if (format.isFor(Style.TABLE, Style.WIDE)) {
            new ResourceWriter(connection.terminal(), kind).write(format, listed, false, false);
        } else {
            new ResourceWriter(connection.terminal(), kind).write(format, List.of(answer), true, false);
        }
    }

    OutputFormat format(ConnectionOptions connection) {
        if (connection.terminal().isJson()) {
            return new OutputFormat(Style.JSON, "");
        }
        try {
            return OutputFormat.from(output);
        } catch (IllegalArgumentException unknown) {
            throw connection.wrong(String.valueOf(unknown.getMessage()));
        }
    }
}

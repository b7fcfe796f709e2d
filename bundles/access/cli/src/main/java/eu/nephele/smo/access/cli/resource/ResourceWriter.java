// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import eu.nephele.smo.access.cli.listing.KindColumn;
import eu.nephele.smo.access.cli.listing.ListedKind;
import eu.nephele.smo.access.cli.resource.OutputFormat.Style;
import eu.nephele.smo.access.cli.terminal.TableRenderer;
import eu.nephele.smo.access.cli.terminal.Terminal;
import eu.nephele.smo.access.cli.view.YamlText;
import java.util.ArrayList;
import java.util.List;

/** Writes items of a kind. */
final class ResourceWriter {

    private final Terminal terminal;
    private final ListedKind kind;

    ResourceWriter(Terminal terminal, ListedKind kind) {
        this.terminal = terminal;
        this.kind = kind;
    }

    /** {@code single}: whether one item was asked for by its name. */
    void write(OutputFormat format, List<JsonNode> items, boolean single, boolean withProject) {
        if (format.isFor(Style.TABLE, Style.WIDE)) {
            table(format, items, withProject);
            return;
        }
        JsonNode document = single && items.size() == 1
                ? items.get(0)
                : JsonNodeFactory.instance
                        .objectNode()
                        .set("items", JsonNodeFactory.instance.arrayNode().addAll(items));
        switch (format.style()) {
            case YAML -> terminal.raw(YamlText.write(document));
            case JSONPATH -> terminal.raw(new JsonPathTemplate(format.expression()).apply(document));
            default -> terminal.raw(document.toString());
        }
    }

    private void table(OutputFormat format, List<JsonNode> items, boolean withProject) {
        if (items.isEmpty()) {
            terminal.line("There are no %s.".formatted(kind.name().replace('-', ' ')));
            return;
        }
        List<KindColumn> columns = new ArrayList<>();
        if (withProject) {
            columns.add(KindColumn.from("PROJECT=/project"));
        }
        columns.addAll(kind.columns());
        if (format.isFor(Style.WIDE)) {
            columns.addAll(kind.wideColumns());
        }
        TableRenderer table =
                new TableRenderer(columns.stream().map(KindColumn::heading).toArray(String[]::new));
        items.forEach(item ->
                table.row(columns.stream().map(column -> column.cell(item)).toArray(String[]::new)));
        terminal.table(table);
    }
}

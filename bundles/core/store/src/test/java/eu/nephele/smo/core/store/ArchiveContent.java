// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.core.contract.backup.ArchiveHeader;
import eu.nephele.smo.core.contract.backup.ArchiveManifest;
import eu.nephele.smo.core.contract.backup.ArchiveRows;
import eu.nephele.smo.core.contract.backup.ArchiveTable;
import eu.nephele.smo.core.contract.json.StrictJson;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps the rows of an archive as texts, by table and sorted; JSON without white space, with its members in order. */
record ArchiveContent(Map<String, List<String>> rows, List<String> table) implements ArchiveRows {

    ArchiveContent(Map<String, List<String>> rows) {
        this(rows, new ArrayList<>());
    }

    @Override
    public void begin(ArchiveHeader header) {}

    @Override
    public void table(ArchiveTable next) {
        table.clear();
        table.add(next.name());
        rows.put(next.name(), new ArrayList<>());
    }

    @Override
    public void row(@Nullable Object[] values) {
        rows.get(table.get(0)).add(Stream.of(values).map(ArchiveContent::text).collect(Collectors.joining("|")));
    }

    private static String text(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return Arrays.toString(bytes);
        }
        String text = String.valueOf(value);
        if (text.startsWith("{") || text.startsWith("[")) {
            return sorted(StrictJson.parse(text).toJson());
        }
        return text;
    }

    /** Members of our samples have names that stay in this order. */
    private static String sorted(String json) {
        return StrictJson.parse(json)
                .asObject()
                .map(object -> object.members().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(member -> "\"%s\": %s"
                                .formatted(
                                        member.getKey(),
                                        member.getValue()
                                                .asNumber()
                                                .map(BigDecimal::toPlainString)
                                                .orElseGet(
                                                        () -> member.getValue().toJson())))
                        .collect(Collectors.joining(",")))
                .orElse(json);
    }

    @Override
    public void end(ArchiveManifest manifest) {
        rows.values().forEach(Collections::sort);
    }
}

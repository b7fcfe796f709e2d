// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.listing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A kind of what can be listed.
 *
 * @param name in the plural
 * @param names all of them, the one in the singular first
 * @param path of its list, with {@code {project}} and {@code {graph}}
 * @param nameAt JSON pointer of the name of an item
 */
public record ListedKind(
        String name,
        List<String> names,
        KindScope scope,
        String path,
        String nameAt,
        List<KindColumn> columns,
        List<KindColumn> wideColumns) {

    /** To what a list belongs. */
    public enum KindScope {
        SERVER,
        PROJECT,
        GRAPH
    }

    public ListedKind {
        names = List.copyOf(names);
        columns = List.copyOf(columns);
        wideColumns = List.copyOf(wideColumns);
    }

    /** A line of {@link KnownKinds}. */
    static ListedKind from(String line) {
        String[] parts = line.split("; ?", -1);
        return new ListedKind(
                parts[0],
                List.of(parts[1].split(" ")),
                KindScope.valueOf(parts[2].toUpperCase(Locale.ROOT)),
                parts[3],
                parts[4],
                columns(parts[5]),
                columns(parts[6]));
    }

    /** A kind that a bundle brings: its selectable fields are its columns. */
    static ListedKind brought(String kind, boolean inProject, List<String> fields) {
        List<KindColumn> columns = new ArrayList<>();
        if (inProject) {
            columns.add(KindColumn.from("PROJECT=/project"));
        }
        columns.add(KindColumn.from("NAME=/name"));
        columns.add(KindColumn.from("PHASE=/phase|lower"));
        fields.forEach(field -> columns.add(new KindColumn(
                field.substring(field.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT), "/desired" + field, "")));
        return new ListedKind(
                kind,
                List.of(kind),
                KindScope.SERVER,
                "/api/v1/kinds/" + kind + "/resources",
                "/name",
                columns,
                columns("GENERATION=/generation UPDATED=/updatedAt|time UID=/uid"));
    }

    /**
     * Rows of an answer that is no list of its own.
     *
     * @param columns as in {@link KnownKinds}
     * @param wide further columns
     */
    public static ListedKind rows(String name, String singular, String nameAt, String columns, String wide) {
        return new ListedKind(name, List.of(singular), KindScope.SERVER, "", nameAt, columns(columns), columns(wide));
    }

    /** The same, whose items belong to projects. */
    public ListedKind ofProjects() {
        return new ListedKind(name, names, KindScope.PROJECT, path, nameAt, columns, wideColumns);
    }

    public boolean isOfProject() {
        return scope == KindScope.PROJECT;
    }

    /** Returns kind and name of an item, as other commands take them. */
    public String nameOf(JsonNode item, boolean withProject) {
        return singular() + "/" + (withProject ? item.path("project").asText() + "/" : "")
                + item.at(nameAt).asText();
    }

    public boolean isCalled(String said) {
        return name.equals(said) || names.contains(said);
    }

    /** Returns the path of the list over all projects, which takes one of them as a filter. */
    String listPath() {
        return path.replace("/projects/{project}", "");
    }

    public String singular() {
        return names.get(0);
    }

    public boolean isBrought() {
        return path.startsWith("/api/v1/kinds/");
    }

    private static List<KindColumn> columns(String text) {
        return text.isBlank()
                ? List.of()
                : List.of(text.strip().split(" ")).stream()
                        .map(KindColumn::from)
                        .toList();
    }
}

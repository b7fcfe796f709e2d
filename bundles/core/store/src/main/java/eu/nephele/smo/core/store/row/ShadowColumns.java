// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.shadow.Shadow;
import java.util.Optional;

/** Shadows in the table {@code shadow}, what they came to in {@code shadow_comparison}. */
public final class ShadowColumns {

    private static final String NAMES = "kind, selection, project, name, origin, since, id";

    public static final String SELECT = "select " + NAMES + " from shadow";
    public static final String INSERT =
            "insert into shadow (" + NAMES + ") values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing";
    public static final String UPDATE =
            "update shadow set kind = ?, selection = ?, project = ?, name = ?, origin = ?, since = ? where id = ?";

    private ShadowColumns() {}

    /** Values for {@link #INSERT} and {@link #UPDATE}. */
    public static Object[] toRow(Shadow shadow) {
        Optional<GraphId> graph = shadow.scope().graph();
        return new Object[] {
            shadow.kind(),
            WishJson.write(shadow.selection()).toJson(),
            graph.map(GraphId::project).or(() -> shadow.scope().project()).orElse(""),
            graph.map(GraphId::name).orElse(""),
            StoredOperationJson.write(shadow.origin()).toJson(),
            InstantColumn.text(shadow.since()),
            shadow.id()
        };
    }

    /** @param row read with {@link #SELECT} */
    public static Shadow shadow(Object... row) {
        RowReader rowReader = new RowReader(row);
        var kind = rowReader.text();
        var selection = WishJson.selection(rowReader.json());
        Optional<String> project = rowReader.optionalText();
        Optional<String> name = rowReader.optionalText();
        var origin = StoredOperationJson.origin(rowReader.json());
        var since = rowReader.instant();
        Shadow.ShadowScope scope = name.isPresent()
                ? new Shadow.ShadowScope(Optional.empty(), Optional.of(new GraphId(project.orElse(""), name.get())))
                : new Shadow.ShadowScope(project, Optional.empty());
        return new Shadow(rowReader.text(), kind, selection, scope, origin, since);
    }

    /** @param value the column {@code content} */
    public static JsonObject comparison(Object value) {
        return JsonFieldReader.from(new RowReader(value).json()).object();
    }
}

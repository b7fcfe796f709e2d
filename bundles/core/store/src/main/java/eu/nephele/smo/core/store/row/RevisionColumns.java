// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import eu.nephele.smo.api.graph.Revision;
import eu.nephele.smo.core.contract.json.JsonFieldReader;

/** Descriptors in the table {@code revision}. */
public final class RevisionColumns {

    private static final String NAMES =
            "project, name, number, descriptor, override_strategies, cause, principal, created_at";

    public static final String SELECT = "select " + NAMES + " from revision";
    public static final String INSERT = "insert into revision (" + NAMES + ") values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";

    private RevisionColumns() {}

    public static Object[] toRow(Revision revision) {
        return new Object[] {
            revision.graph().project(),
            revision.graph().name(),
            revision.number(),
            revision.descriptor().toJson(),
            WishJson.write(revision.override()).toJson(),
            revision.cause(),
            revision.principal(),
            InstantColumn.text(revision.createdAt())
        };
    }

    public static Revision revision(Object... row) {
        RowReader rowReader = new RowReader(row);
        return new Revision(
                rowReader.graph(),
                rowReader.number(),
                JsonFieldReader.from(rowReader.json()).object(),
                WishJson.override(rowReader.json()),
                rowReader.text(),
                rowReader.text(),
                rowReader.instant());
    }
}

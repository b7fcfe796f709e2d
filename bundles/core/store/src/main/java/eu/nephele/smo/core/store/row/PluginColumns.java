// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.store.InstalledPlugins;

/** Installed plugins in the one row of the table {@code plugin_list}. */
public final class PluginColumns {

    public static final String SELECT = "select revision, origin, writer, content from plugin_list where id = 1";
    public static final String INSERT =
            "insert into plugin_list (revision, origin, writer, content, id) values (?1, ?2, ?3, ?4, 1) on conflict do nothing";
    public static final String UPDATE =
            "update plugin_list set revision = ?1, origin = ?2, writer = ?3, content = ?4 where id = 1 and revision = ?1 - 1";

    private PluginColumns() {}

    public static Object[] toRow(InstalledPlugins installed) {
        return new Object[] {
            installed.revision(),
            installed.origin(),
            installed.writer(),
            installed.list().toJson()
        };
    }

    public static InstalledPlugins installed(Object... row) {
        RowReader rowReader = new RowReader(row);
        long revision = rowReader.number();
        String origin = rowReader.text();
        String writer = rowReader.text();
        return new InstalledPlugins(
                revision, origin, writer, JsonFieldReader.from(rowReader.json()).object());
    }
}

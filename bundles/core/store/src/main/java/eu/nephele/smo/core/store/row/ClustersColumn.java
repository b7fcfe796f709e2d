// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.core.contract.json.StrictJson;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.persistence.AttributeConverter;
import javax.persistence.Converter;
import org.jspecify.annotations.Nullable;

/**
 * The clusters that a decision chose from. All graphs that were decided in the same federation have the same list, which with many
 * clusters is most of what is stored of a graph besides its descriptor: the lists that were read last are kept.
 */
@Converter
public class ClustersColumn implements AttributeConverter<List<ClusterId>, Object> {

    /** About 100 bytes of heap per cluster: with lists of 1,000 clusters 1.6 MB. */
    private static final int MOST_LISTS = 16;

    // text → clusters, in the order of their last use; guarded by itself
    private final Map<String, List<ClusterId>> known = new LinkedHashMap<>(MOST_LISTS, 0.75f, true);

    @Override
    public Object convertToDatabaseColumn(List<ClusterId> clusters) {
        return DecidedJson.ofClusters(clusters).toJson();
    }

    /** The column of a row that an outer join does not find is empty. */
    @Override
    public List<ClusterId> convertToEntityAttribute(@Nullable Object column) {
        return column == null ? List.of() : clusters(JsonColumn.text(column));
    }

    private List<ClusterId> clusters(String text) {
        synchronized (known) {
            List<ClusterId> kept = known.get(text);
            if (kept != null) {
                return kept;
            }
        }
        List<ClusterId> read = List.copyOf(DecidedJson.clusters(StrictJson.parse(text)));
        synchronized (known) {
            known.put(text, read);
            if (known.size() > MOST_LISTS) {
                Iterator<String> oldest = known.keySet().iterator();
                oldest.next();
                oldest.remove();
            }
        }
        return read;
    }
}

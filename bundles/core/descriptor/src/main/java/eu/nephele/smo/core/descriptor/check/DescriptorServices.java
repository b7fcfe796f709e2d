// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor.check;

import eu.nephele.smo.core.descriptor.mapping.LenientFields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The services of a descriptor and where they are.
 *
 * @param all in descriptor order
 * @param byId position of the first service with each id
 */
record DescriptorServices(List<LenientFields> all, Map<String, Integer> byId) {

    static DescriptorServices from(LenientFields graph) {
        List<LenientFields> all = graph.children("services");
        Map<String, Integer> byId = new LinkedHashMap<>();
        for (int i = 0; i < all.size(); i++) {
            int index = i;
            all.get(i).text("id").ifPresent(id -> byId.putIfAbsent(id, index));
        }
        return new DescriptorServices(all, byId);
    }

    void forEach(BiConsumer<Integer, LenientFields> check) {
        for (int i = 0; i < all.size(); i++) {
            check.accept(i, all.get(i));
        }
    }

    boolean has(String id) {
        return byId.containsKey(id);
    }

    /** -1 when there is none. */
    int position(String id) {
        return byId.getOrDefault(id, -1);
    }

    String id(int index) {
        return all.get(index).text("id").orElse("");
    }

    LenientFields intent(int index) {
        return all.get(index).child("deployment").child("intent");
    }

    LenientFields trigger(int index) {
        return all.get(index).child("deployment").child("trigger");
    }

    List<String> dependencies(int index) {
        return trigger(index).child("auto").texts("dependencies");
    }

    boolean isConditional(int index) {
        return trigger(index).has("event");
    }
}

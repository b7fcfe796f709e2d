// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.quota;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The quota of a project with its use.
 *
 * @param own whether it was set for this project; else it is the usual one
 * @param members all that are counted, and the amounts that are limited or used
 */
public record QuotaReport(String project, boolean own, SortedMap<QuotaMember, QuotaUse> members) {

    public QuotaReport {
        members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
    }
}

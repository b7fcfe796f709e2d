// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

@FunctionalInterface
interface ChartCatalog {

    /** A catalogue in which every chart exists. */
    ChartCatalog ANY = "oci://registry.example/chaos/%s:1.0.%d"::formatted;

    /** @param edit number of the descriptor that names it */
    String render(String service, int edit);
}

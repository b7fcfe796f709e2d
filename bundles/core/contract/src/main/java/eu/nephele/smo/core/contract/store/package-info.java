/**
 * Stores of our bundles: desired, decided and observed state of graphs, the capacity ledger, decisions. Partners never see
 * this.
 */
@Export
@Version("0.1.0")
package eu.nephele.smo.core.contract.store;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

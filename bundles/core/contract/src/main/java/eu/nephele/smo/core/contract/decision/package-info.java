/**
 * Decisions for the engine: intents translated, objectives priced, strategies selected and guarded, answers recorded.
 */
@Export
@Version("0.1.0")
package eu.nephele.smo.core.contract.decision;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

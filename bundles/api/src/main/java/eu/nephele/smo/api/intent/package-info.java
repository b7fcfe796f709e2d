/** The contract between the engine and everything that gives wishes of a descriptor a meaning. */
@Export
@Version("0.3.0")
package eu.nephele.smo.api.intent;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

/** The JSON of what several subsystems show: operations, conditions, chosen strategies and how they stand. */
@Export
@Version("0.1.0")
package eu.nephele.smo.access.http.json;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

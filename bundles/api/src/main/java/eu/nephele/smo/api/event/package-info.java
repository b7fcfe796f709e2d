/** Events, delivered to subscribers. */
@Export
@Version("0.4.0")
package eu.nephele.smo.api.event;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

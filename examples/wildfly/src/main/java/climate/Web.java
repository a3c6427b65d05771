package climate;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Everything over HTTP is below the application's own path. */
@ApplicationPath("/")
public class Web extends Application {}

package climate;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** The rooms over HTTP, as JSON. */
@Path("climate/rooms")
public class Rooms {

    @Inject
    Climate climate;

    /** Returns the last temperature of each room. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Map<String, Double> temperatures() {
        return climate.rooms();
    }
}

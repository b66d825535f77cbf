"""The words of a scene: places and hours, weather, what is done, how it is framed, moods and picture styles."""

from devtools.illustrator.person import Mood

PLACES = {
    "kitchen": "kitchen", "beach": "beach", "ocean": "beach", "seaside": "beach", "shore": "beach", "sea": "beach", "island": "beach", "coast": "beach",
    "pool": "pool", "swimming pool": "pool", "poolside": "pool", "office": "office", "desk": "office", "workplace": "office", "laboratory": "office", "lab": "office",
    "hospital": "office", "cafe": "cafe", "café": "cafe", "coffee shop": "cafe", "bakery": "cafe", "diner": "cafe", "tea house": "cafe",
    "restaurant": "restaurant", "bistro": "restaurant", "dinner": "restaurant", "bar": "bar", "pub": "bar", "club": "stage", "nightclub": "stage", "disco": "stage",
    "stage": "stage", "concert": "stage", "theatre": "stage", "theater": "stage", "party": "stage", "karaoke": "stage", "bedroom": "bedroom", "bed": "bedroom",
    "hotel room": "bedroom", "hotel": "bedroom", "park": "park", "garden": "garden", "backyard": "garden", "greenhouse": "garden", "flower garden": "garden", "outside": "garden", "outdoors": "garden", "yard": "garden", "lawn": "garden", "courtyard": "garden",
    "meadow": "park", "field": "park", "picnic": "park", "farm": "park", "forest": "forest", "woods": "forest", "jungle": "forest", "trail": "forest",
    "living room": "living_room", "sofa": "living_room", "couch": "living_room", "home": "living_room", "apartment": "living_room", "house": "living_room",
    "fireplace": "living_room", "library": "library", "bookstore": "library", "bookshop": "library", "classroom": "library", "university": "library", "study": "library",
    "museum": "museum", "gallery": "museum", "street": "street", "city": "street", "town": "street", "village": "street", "market": "street", "alley": "street", "shop": "street",
    "station": "street", "bus stop": "street", "rooftop": "rooftop", "balcony": "rooftop", "terrace": "rooftop", "skyline": "rooftop", "mountain": "mountain",
    "mountains": "mountain", "hill": "mountain", "cliff": "mountain", "summit": "mountain", "lake": "lake", "river": "lake", "lakeside": "lake", "dock": "lake", "pier": "lake", "waterfall": "lake",
    "ski slope": "winter", "in the snow": "winter", "skiing": "winter", "ski": "winter", "ice rink": "winter", "ice skating": "winter", "snowy mountain": "winter", "cabin": "cabin", "campfire": "camp", "bonfire": "camp", "camp": "camp", "campsite": "camp", "tent": "camp",
    "bathroom": "bathroom", "bathtub": "bathroom", "bath": "bathroom", "shower": "bathroom", "spa": "bathroom", "hot tub": "bathroom", "gym": "gym", "fitness": "gym",
    "yoga studio": "gym", "dance studio": "gym", "studio": "studio", "art studio": "studio", "atelier": "studio", "workshop": "studio", "train": "train", "car": "train",
    "bus": "train", "airplane": "train", "plane": "train", "desert": "desert", "dunes": "desert",
}  # fmt: skip
OUTDOORS = {
    "beach",
    "pool",
    "park",
    "garden",
    "forest",
    "street",
    "rooftop",
    "mountain",
    "lake",
    "winter",
    "camp",
    "desert",
}
TIMES = {
    "dawn": "dawn", "sunrise": "dawn", "morning": "dawn", "early morning": "dawn", "sunset": "sunset", "golden hour": "sunset", "evening": "sunset", "dusk": "sunset",
    "twilight": "sunset", "night": "night", "midnight": "night", "moonlight": "night", "starlight": "night", "stars": "night", "noon": "day", "midday": "day",
    "afternoon": "day", "sunny": "day", "daylight": "day",
}  # fmt: skip
WEATHER = {
    "rain": "rain", "raining": "rain", "rainy": "rain", "storm": "rain", "stormy": "rain", "thunderstorm": "rain", "drizzle": "rain", "snow": "snow",
    "snowing": "snow", "snowy": "snow", "blizzard": "snow", "winter": "snow", "fog": "fog", "misty": "fog", "foggy": "fog", "mist": "fog",
    "cloudy": "cloud", "overcast": "cloud",
}  # fmt: skip
# What the hands do.
ACTIVITIES = {
    "coffee": "cup", "tea": "cup", "cocoa": "cup", "hot chocolate": "cup", "latte": "cup", "cappuccino": "cup", "espresso": "cup", "mug": "cup", "drinking": "cup",
    "sipping": "cup", "wine": "glass", "cocktail": "glass", "champagne": "glass", "beer": "glass", "toast": "glass", "juice": "glass", "lemonade": "glass",
    "reading": "book", "book": "book", "studying": "book", "novel": "book", "laptop": "laptop", "working": "laptop", "typing": "laptop", "coding": "laptop",
    "computer": "laptop", "selfie": "selfie", "phone": "phone", "texting": "phone", "scrolling": "phone", "smartphone": "phone", "calling": "phone", "waving": "wave",
    "waves": "wave", "wave hello": "wave", "greeting": "wave", "hello": "wave", "flowers": "flowers", "bouquet": "flowers", "roses": "flowers", "gardening": "watering",
    "watering": "watering", "painting": "brush", "drawing": "brush", "sketching": "brush", "canvas": "brush", "easel": "brush", "writing": "notebook", "notebook": "notebook",
    "journal": "notebook", "diary": "notebook", "cooking": "cook", "baking": "cook", "stirring": "cook", "frying": "cook", "making breakfast": "cook", "making dinner": "cook",
    "preparing dinner": "cook", "pancakes": "cook", "guitar": "guitar", "ukulele": "guitar", "piano": "piano", "keyboard": "piano", "violin": "violin", "umbrella": "umbrella",
    "ice cream": "icecream", "eating": "plate", "breakfast": "plate", "lunch": "plate", "pizza": "plate", "cake": "plate", "singing": "mic", "microphone": "mic", "karaoke": "mic",
    "camera": "camera", "photographing": "camera", "photography": "camera", "taking photos": "camera", "taking pictures": "camera", "gaming": "controller",
    "video game": "controller", "video games": "controller", "cat": "cat", "kitten": "cat", "dog": "dog", "puppy": "dog", "lifting weights": "dumbbell", "dumbbell": "dumbbell",
    "weights": "dumbbell", "exercising": "dumbbell", "workout": "dumbbell", "working out": "dumbbell", "training": "dumbbell", "thinking": "think", "pondering": "think",
    "daydreaming": "think", "arms crossed": "crossed", "crossed arms": "crossed", "meditating": "meditate", "meditation": "meditate", "yoga": "meditate", "praying": "pray",
    "stretching": "stretch", "yawning": "stretch", "cheering": "cheer", "celebrating": "cheer", "hands on hips": "hips", "knitting": "knit", "blowing a kiss": "kiss", "applauding": "pray", "pointing": "point",
}  # fmt: skip
# What the whole body does.
STANCES = {
    "walking": "walk", "strolling": "walk", "hiking": "walk", "wandering": "walk", "shopping": "walk", "walk": "walk", "stroll": "walk", "walks": "walk",
    "running": "run", "jogging": "run", "runs": "run", "run": "run", "jog": "run", "sprinting": "run", "dancing": "dance", "dance": "dance", "dances": "dance", "twirling": "dance",
    "spinning": "dance", "ballet": "dance", "jumping": "jump", "jumps": "jump", "leaping": "jump", "sitting": "sit", "sits": "sit", "seated": "sit", "sit": "sit", "perched": "sit",
    "on the sofa": "sit", "on the couch": "sit", "on a bench": "sit", "in a chair": "sit", "working at": "sit", "curled up": "curl", "cross-legged": "cross", "sitting cross-legged": "cross", "sits cross-legged": "cross", "kneeling": "kneel",
    "picnic": "cross", "meditating": "cross", "meditation": "cross", "yoga": "cross", "lying": "prone", "lies": "prone", "lying down": "prone", "sprawled": "prone", "laying": "prone",
    "sunbathing": "prone", "lounging": "sit", "reclining": "prone", "in bed": "bed", "sleeping": "bed", "asleep": "bed", "napping": "bed", "sleeps": "bed", "waking up": "bed",
    "swimming": "swim", "swims": "swim", "swim": "swim", "floating": "swim", "bathing": "bath", "soaking": "bath", "taking a bath": "bath", "bubble bath": "bath", "in the bath": "bath",
    "in the bathtub": "bath", "in the hot tub": "bath", "squatting": "squat", "squats": "squat", "piano": "sit", "relaxing on the sofa": "sit",
}  # fmt: skip
FRAMES = {
    "full body": "full", "full-body": "full", "full length": "full", "upper body": "half", "cowboy shot": "half", "waist up": "half", "half body": "half",
    "portrait": "portrait", "close-up": "portrait", "close up": "portrait", "closeup": "portrait", "headshot": "portrait", "face": "portrait",
}  # fmt: skip
# Word → name of the expression.
MOODS = {
    "laughing": "laugh", "laugh": "laugh", "laughs": "laugh", "giggling": "laugh", "joyful": "laugh", "grinning": "happy", "happy": "happy", "excited": "happy",
    "cheerful": "happy", "gentle smile": "smile", "smiling": "smile", "smile": "smile", "smiles": "smile", "sad": "sad", "sad expression": "sad", "crying": "cry", "tears": "cry",
    "sobbing": "cry", "surprised": "surprised", "shocked": "surprised", "amazed": "surprised", "surprised expression": "surprised", "winking": "wink", "wink": "wink", "winks": "wink",
    "playful grin": "wink", "playful": "smirk", "smirking": "smirk", "teasing": "smirk", "serious": "serious", "angry": "angry", "angry expression": "angry", "furious": "angry", "annoyed": "angry",
    "worried": "worried", "worried expression": "worried", "nervous": "worried", "scared": "worried", "afraid": "worried", "sleeping": "sleep", "asleep": "sleep", "napping": "sleep",
    "eyes closed": "sleep", "peaceful expression": "sleep", "calm": "calm", "calm expression": "calm", "relaxed": "calm", "meditating": "sleep", "concentrated": "focus",
    "concentrated expression": "focus", "focused": "focus", "thoughtful": "focus", "shy": "shy", "shy smile": "shy", "blushing": "shy", "embarrassed": "shy", "flustered": "shy",
    "tender expression": "kiss", "kissing": "kiss", "blowing a kiss": "kiss", "bored": "serious", "confident": "smirk", "tired": "calm",
}  # fmt: skip
FACES_OF_MOODS = {
    "smile": Mood(), "happy": Mood("happy", "open", "grin"), "laugh": Mood("laugh", "joy", "laugh", blush=True), "sad": Mood("sad", "soft", "sad", gaze=(0, 0.5)),
    "cry": Mood("sad", "soft", "sad", gaze=(0, 0.5), tears=True, blush=True), "surprised": Mood("surprised", "wide", "o"), "wink": Mood("wink", "wink", "grin"),
    "smirk": Mood("smirk", "soft", "smirk"), "serious": Mood("serious", "open", "flat"), "angry": Mood("angry", "narrow", "pout"),
    "worried": Mood("worried", "wide", "sad"), "sleep": Mood("sleep", "closed", "soft"), "calm": Mood("calm", "soft", "soft"),
    "focus": Mood("focus", "soft", "soft", gaze=(0, 0.8)), "shy": Mood("shy", "soft", "soft", blush=True, gaze=(0.5, 0.5)), "kiss": Mood("kiss", "closed", "kiss", blush=True),
}  # fmt: skip
STYLES = {
    "film still": "film", "cinematic": "film", "anime": "anime", "manga": "anime", "oil painting": "oil", "watercolor": "watercolour", "watercolor painting": "watercolour",
    "watercolour": "watercolour", "comic book": "comic", "comic book style": "comic", "comic": "comic", "3d render": "render", "digital illustration": "illustration",
    "modern digital illustration": "illustration", "photo": "photo", "realistic": "photo", "photorealistic": "photo",
}  # fmt: skip
